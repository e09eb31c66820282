import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { allCopy } from '../testing/run-in-app.js';
import DaysFilter from './DaysFilter.vue';

function mountFilter(from: string | null = null, to: string | null = null) {
  const wrapper = mount(DaysFilter, {
    attachTo: document.body,
    props: { from, to },
    global: { plugins: [allCopy()] },
  });
  const first = wrapper.get<HTMLInputElement>('input[name=from]');
  const last = wrapper.get<HTMLInputElement>('input[name=to]');
  async function send(from: string, to: string) {
    await first.setValue(from);
    await last.setValue(to);
    await wrapper.get('form').trigger('submit');
  }
  const errorOf = (input: typeof first) =>
    wrapper.find(`[id="${input.attributes('aria-describedby') ?? 'none'}"]`);
  return { wrapper, first, last, send, errorOf, sent: () => (wrapper.emitted('show') ?? []).flat() };
}

describe('the days of a custom period', () => {
  it('stand in two labelled date fields, and count once they are sent', async () => {
    const { wrapper, first, last, send, sent } = mountFilter('2026-11-01', null);
    expect(wrapper.findAll('label').map((label) => label.text())).toEqual(['From', 'To']);
    expect([first.attributes('type'), first.element.value, last.element.value]).toEqual([
      'date',
      '2026-11-01',
      '',
    ]);
    await first.setValue('2026-11-02');
    expect(sent()).toEqual([]);
    await send('2026-11-02', '2026-11-24');
    await send('', '2026-11-24');
    expect(sent()).toEqual([
      { from: '2026-11-02', to: '2026-11-24' },
      { from: null, to: '2026-11-24' },
    ]);
  });

  it('that are reversed are told so, and nothing is lost', async () => {
    const { first, last, send, sent, errorOf } = mountFilter();
    await send('2026-11-24', '2026-11-23');
    expect(errorOf(last).text()).toBe('To is before From. Change either day.');
    expect(last.attributes('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(last.element);
    expect([first.element.value, last.element.value, sent()]).toEqual(['2026-11-24', '2026-11-23', []]);
    await send('2026-11-22', '2026-11-23');
    expect(errorOf(last).exists()).toBe(false);
    expect(sent()).toHaveLength(1);
  });

  it('that came reversed with the address are told so, too', () => {
    const { last, errorOf } = mountFilter('2026-11-24', '2026-11-01');
    expect(errorOf(last).text()).toBe('To is before From. Change either day.');
  });

  it('are asked for where both are left out, and whole where a year is half typed', async () => {
    const { first, last, send, sent, errorOf } = mountFilter();
    await send('', '');
    expect(errorOf(first).text()).toBe('Enter a first day, a last day, or both.');
    await send('2026-11-24', '0002-11-24');
    expect(errorOf(first).exists()).toBe(false);
    expect(errorOf(last).text()).toBe('Enter a whole date, with a year of four digits.');
    expect(document.activeElement).toBe(last.element);
    expect(sent()).toEqual([]);
  });

  it('follow the address', async () => {
    const { wrapper, first, last, send } = mountFilter('2026-11-01', '2026-11-24');
    await send('', '');
    await wrapper.setProps({ from: null, to: '2026-10-31' });
    expect([first.element.value, last.element.value]).toEqual(['', '2026-10-31']);
    expect(wrapper.find('[aria-invalid]').exists()).toBe(false);
  });
});
