import { describe, expect, it } from 'vitest';
import { createAesCipher } from '../../src/adapters/keys/aes-cipher.js';
import { createKeyRing } from '../../src/adapters/keys/key-ring.js';
import { sealedTables, sealedValues } from '../../src/store/keys/sealed-values.js';
import { tables } from '../../src/store/tables.js';
import { databases } from '../databases/open-test-database.js';
import { fillFactors, holdings, newMasterKey } from './keys-scene.js';

it('every table with sealed values is known to the rotation', () => {
  const sealed = tables
    .filter(({ options }) => 'sealed' in options.columns)
    .map(({ options }) => options.name);
  expect(sealed.filter((name) => name !== 'key_checks').sort()).toEqual([...sealedTables].sort());
});

describe.each(databases)('sealed values by key, on $name', ({ open }) => {
  it('ids that begin alike, or that a pattern would match, are kept apart', async () => {
    const { database, remove } = await open();
    for (const [id, count] of [
      ['a_b', 1],
      ['aXb', 2],
      ['a_b2', 3],
      ['A_b', 4],
    ] as const)
      await fillFactors(database, newMasterKey(id), count);
    const values = sealedValues(database);
    expect(await holdings(database)).toEqual({
      'factors a_b': 1,
      'factors aXb': 2,
      'factors a_b2': 3,
      'factors A_b': 4,
    });
    expect(await values.anyUnder('a_b')).toHaveLength(1);
    expect(await values.anyUnder('a')).toEqual([]);
    expect(await values.countNotUnder('factors', 'a_b')).toBe(9);
    expect(await values.batchNotUnder('factors', 'aXb', '')).toHaveLength(8);
    expect(await values.discardUnder('a_b')).toBe(1);
    expect(await values.countNotUnder('factors', 'none')).toBe(9);
    await remove();
  });

  it('threat: a value that the API changes between the read and the write of a rotation is put back', async () => {
    const { database, remove } = await open();
    const [old, fresh] = [newMasterKey('old'), newMasterKey('fresh')];
    await fillFactors(database, old, 2);
    const cipher = createAesCipher(createKeyRing([fresh, old]));
    const values = sealedValues(database);
    const read = await values.batchNotUnder('factors', 'fresh', '');
    const [changed, kept] = read;
    const anew = cipher.seal('+4915170000000', changed!.place);
    await database.sql.run('UPDATE factors SET sealed = ? WHERE id = ?', [anew, changed!.place.row]);

    const changes = read.map(({ place, sealed }) => ({
      place,
      sealed,
      by: cipher.seal(cipher.open(sealed, place), place),
    }));
    expect(await values.replace(changes)).toBe(1);
    const [now] = await database.sql.all<{ sealed: string }>('SELECT sealed FROM factors WHERE id = ?', [
      changed!.place.row,
    ]);
    expect(now?.sealed).toBe(anew);
    expect(changes.some(({ place }) => place.row === kept!.place.row)).toBe(true);
    await remove();
  });
});
