import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import AppCombobox from './AppCombobox.vue';

interface Town {
  readonly id: string;
  readonly name: string;
}
const towns: readonly Town[] = ['Aachen', 'Bergen', 'Bern'].map((name) => ({ id: name.toLowerCase(), name }));

/** As a caller does: it finds towns by their beginning, as late as the test says so, and shows the chosen one. */
function mountField(chosen = '') {
  const wrapper = mount<typeof AppCombobox<Town>>(AppCombobox<Town>, {
    attachTo: document.body,
    props: {
      label: 'Town',
      hint: 'Search',
      clearLabel: 'Clear the town',
      emptyText: 'No town matches.',
      options: towns,
      chosenText: chosen,
      open: false,
      'onUpdate:open': (open: boolean) => void wrapper.setProps({ open }),
      typed: '',
      'onUpdate:typed': (typed: string) => void wrapper.setProps({ typed }),
      onChoose: ({ name }: Town) => void wrapper.setProps({ chosenText: name }),
      onClear: () => void wrapper.setProps({ chosenText: '' }),
    },
    slots: { default: ({ option }: { option: Town }) => option.name },
  });
  const input = wrapper.get('input');
  const options = () => wrapper.findAll('[role=option]').map((option) => option.text());
  return {
    wrapper,
    input,
    options,
    press: (key: string) => input.trigger('keydown', { key }),
    text: () => input.element.value,
    /** What a screen reader says while the focus is in the input. */
    active: () => wrapper.find(`[id="${input.attributes('aria-activedescendant') ?? 'none'}"]`),
    find: (found: readonly Town[]) => wrapper.setProps({ options: found }),
    chosen: () => (wrapper.emitted('choose') ?? []).map(([town]) => (town as Town).name),
    cleared: () => wrapper.emitted('clear')?.length ?? 0,
  };
}
const startingWithB = towns.slice(1);

describe('AppCombobox', () => {
  it('is a combobox with a name, closed until it is clicked', async () => {
    const { wrapper, input, options } = mountField();
    expect(wrapper.get('label').attributes('for')).toBe(input.attributes('id'));
    expect(input.attributes()).toMatchObject({ role: 'combobox', 'aria-expanded': 'false' });
    expect(options()).toEqual([]);
    await input.trigger('click');
    expect(input.attributes('aria-expanded')).toBe('true');
    const list = wrapper.get(`[id="${input.attributes('aria-controls') ?? ''}"]`);
    expect(list.attributes('role')).toBe('listbox');
    expect(wrapper.get(`[id="${list.attributes('aria-labelledby') ?? ''}"]`).text()).toBe('Town');
    expect(options()).toEqual(['Aachen', 'Bergen', 'Bern']);
  });

  it('takes with Enter what was typed, once it has been found and not before', async () => {
    const { input, press, find, active, chosen, text } = mountField();
    await input.setValue('b');
    await press('Enter');
    expect(chosen()).toEqual([]);
    await find(startingWithB);
    expect(active().text()).toBe('Bergen');
    await press('ArrowDown');
    expect(active().text()).toBe('Bern');
    await press('Enter');
    expect(chosen()).toEqual(['Bern']);
    expect(text()).toBe('Bern');
    expect(input.attributes('aria-expanded')).toBe('false');
  });

  it('keeps to the option under the arrows while the list is fetched anew', async () => {
    const { input, press, find, active } = mountField();
    await input.setValue('b');
    await find(startingWithB);
    await press('ArrowDown');
    await find([...startingWithB]);
    expect(active().text()).toBe('Bern');
  });

  it('goes round with the arrows', async () => {
    const { press, active } = mountField();
    await press('ArrowDown');
    expect(active().exists()).toBe(false);
    await press('ArrowUp');
    expect(active().text()).toBe('Bern');
    await press('ArrowDown');
    expect(active().text()).toBe('Aachen');
  });

  it('takes what is clicked, and keeps the focus', async () => {
    const { wrapper, input, chosen } = mountField();
    input.element.focus();
    await input.trigger('click');
    const option = wrapper.findAll('[role=option]')[1]!;
    const pressed = new MouseEvent('mousedown', { bubbles: true, cancelable: true });
    option.element.dispatchEvent(pressed);
    expect(pressed.defaultPrevented).toBe(true);
    await option.trigger('click');
    expect(chosen()).toEqual(['Bergen']);
    expect(document.activeElement).toBe(input.element);
  });

  it('drops with Escape, or by leaving, what was typed and not chosen', async () => {
    for (const leave of ['Escape', 'blur']) {
      const { input, press, text, cleared, chosen } = mountField('Bern');
      await input.setValue('aach');
      expect(text()).toBe('aach');
      await (leave === 'blur' ? input.trigger('blur') : press(leave));
      await nextTick();
      expect([text(), cleared(), chosen()]).toEqual(['Bern', 0, []]);
    }
  });

  it('is cleared by its button and by emptying it, and not where nothing was chosen', async () => {
    const clicked = mountField('Bern');
    await clicked.wrapper.get('button').trigger('click');
    expect([clicked.cleared(), clicked.text()]).toEqual([1, '']);
    expect(document.activeElement).toBe(clicked.input.element);
    expect(clicked.wrapper.find('button').exists()).toBe(false);

    for (const leave of ['Enter', 'blur']) {
      const emptied = mountField('Bern');
      await emptied.input.setValue('');
      await (leave === 'blur' ? emptied.input.trigger('blur') : emptied.press(leave));
      expect([emptied.cleared(), emptied.text()]).toEqual([1, '']);
    }
    const empty = mountField();
    await empty.input.setValue('');
    await empty.input.trigger('blur');
    expect(empty.cleared()).toBe(0);
  });

  it('leaves the word of an input method alone', async () => {
    const { input, find, chosen } = mountField();
    await input.setValue('b');
    await find(startingWithB);
    await input.trigger('keydown', { key: 'Enter', isComposing: true });
    expect(chosen()).toEqual([]);
  });

  it('says why it has no list', async () => {
    const { wrapper, input, find } = mountField();
    await input.setValue('zz');
    await find([]);
    expect(input.attributes('aria-expanded')).toBe('false');
    expect(input.attributes('aria-controls')).toBeUndefined();
    expect(wrapper.text()).toContain('No town matches.');
  });
});
