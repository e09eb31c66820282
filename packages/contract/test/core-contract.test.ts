import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, findDangerousChanges, isUnionType } from 'graphql';
import { describe, expect, it } from 'vitest';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const core = buildSchema(read('core.graphql'));
const published = buildSchema(read('schema.graphql'));

describe('the published schema and the core contract', () => {
  it('holds everything of core.graphql under its names and nullabilities', () => {
    expect(findBreakingChanges(core, published).map(({ description }) => description)).toEqual([]);
  });

  it('changes no default, and adds no member to a union of core.graphql', () => {
    const added = findDangerousChanges(core, published).map(({ description }) => description);
    expect(added.filter((text) => !/^(An optional field|An optional arg) /.test(text))).toEqual([]);
  });

  it('has every union of core.graphql with the same members', () => {
    const members = (schema: typeof core, name: string) => {
      const type = schema.getType(name);
      return isUnionType(type) ? type.getTypes().map(String).toSorted() : null;
    };
    const unions = Object.values(core.getTypeMap()).filter(isUnionType);
    expect(unions.length).toBeGreaterThan(10);
    for (const { name } of unions) expect(members(published, name), name).toEqual(members(core, name));
  });

  it('makes no field of core.graphql nullable or of another type', () => {
    for (const type of Object.values(core.getTypeMap())) {
      if (type.name.startsWith('__') || !('getFields' in type)) continue;
      const other = published.getType(type.name);
      if (!other || !('getFields' in other)) throw new Error(`${type.name} is missing`);
      for (const field of Object.values(type.getFields())) {
        expect(String(other.getFields()[field.name]?.type), `${type.name}.${field.name}`).toBe(
          String(field.type),
        );
      }
    }
  });

  it('describes every type, field, argument and enum value', () => {
    const bare: string[] = [];
    for (const type of Object.values(published.getTypeMap())) {
      if (
        type.name.startsWith('__') ||
        ['Query', 'Mutation', 'String', 'Int', 'Boolean', 'ID', 'Float'].includes(type.name)
      )
        continue;
      if (!type.description) bare.push(type.name);
    }
    for (const type of Object.values(published.getTypeMap())) {
      if (type.name.startsWith('__')) continue;
      if ('getValues' in type)
        for (const value of type.getValues()) if (!value.description) bare.push(`${type.name}.${value.name}`);
      if (!('getFields' in type)) continue;
      for (const field of Object.values(type.getFields())) {
        if (!field.description) bare.push(`${type.name}.${field.name}`);
        const args = 'args' in field ? field.args : [];
        for (const arg of args) if (!arg.description) bare.push(`${type.name}.${field.name}(${arg.name})`);
      }
    }
    expect(bare).toEqual([]);
  });

  it('S10, S11, S31: no core operation on an account takes another user', () => {
    const naming: string[] = [];
    const mutation = core.getMutationType()?.getFields() ?? {};
    for (const field of Object.values(mutation)) {
      for (const arg of published.getMutationType()?.getFields()[field.name]?.args ?? []) {
        const input = published.getType(String(arg.type).replace(/[![\]]/g, ''));
        const names = [arg.name, ...(input && 'getFields' in input ? Object.keys(input.getFields()) : [])];
        if (names.some((name) => /user|owner|account|viewer/i.test(name))) naming.push(field.name);
      }
    }
    expect(naming).toEqual([]);
    expect(Object.keys(mutation).length).toBeGreaterThanOrEqual(14);
  });

  it('has no field that could hand out what is stored: no hash, cipher, digest, sealed value or step', () => {
    const leaking: string[] = [];
    for (const type of Object.values(published.getTypeMap())) {
      if (type.name.startsWith('__') || !('getFields' in type)) continue;
      for (const name of Object.keys(type.getFields())) {
        if (/hash|cipher|digest|sealed|step|pepper/i.test(name)) leaking.push(`${type.name}.${name}`);
      }
    }
    expect(leaking).toEqual([]);
  });
});
