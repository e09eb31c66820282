import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import CodeField from './CodeField.vue';

function mountField(error = '') {
  const wrapper = mount(CodeField, {
    props: {
      modelValue: '',
      label: 'Security code',
      error,
      'onUpdate:modelValue': (value: string) => void wrapper.setProps({ modelValue: value }),
    },
  });
  const input = wrapper.get('input');
  const type = (text: string) => input.setValue(text);
  const sent = () => (wrapper.emitted('full') ?? []).map(([code]) => code);
  return { wrapper, input, type, sent };
}

describe('CodeField', () => {
  it('is one input that phones and browsers can fill', () => {
    const { wrapper, input } = mountField();
    expect(wrapper.findAll('input')).toHaveLength(1);
    expect(input.attributes()).toMatchObject({
      type: 'text',
      inputmode: 'numeric',
      autocomplete: 'one-time-code',
    });
    expect(wrapper.get('label').attributes('for')).toBe(input.attributes('id'));
  });

  it('takes a code that is pasted with a space', async () => {
    const { wrapper, input, type, sent } = mountField();
    await type('123 456');
    expect(wrapper.props('modelValue')).toBe('123456');
    expect((input.element as HTMLInputElement).value).toBe('123456');
    expect(sent()).toEqual(['123456']);
  });

  it('reads full-width digits as digits and drops everything else', async () => {
    const { wrapper, type } = mountField();
    await type('１２a３-4');
    expect(wrapper.props('modelValue')).toBe('1234');
  });

  it('does not submit before the sixth digit', async () => {
    const { type, sent } = mountField();
    await type('12345');
    expect(sent()).toEqual([]);
  });

  it('submits by itself once, however often it is filled', async () => {
    const { type, sent } = mountField();
    await type('123456');
    await type('12345');
    await type('123457');
    expect(sent()).toEqual(['123456']);
  });

  it('never submits by itself after an error', async () => {
    const { wrapper, type, sent } = mountField();
    await type('123456');
    await wrapper.setProps({ error: 'That code is not right.' });
    await type('654321');
    await wrapper.setProps({ error: '' });
    await type('65432');
    await type('654321');
    expect(sent()).toEqual(['123456']);
  });

  it('ties the error to the input', () => {
    const { wrapper, input } = mountField('That code is not right.');
    expect(input.attributes('aria-invalid')).toBe('true');
    const id = input.attributes('aria-describedby') ?? '';
    expect(wrapper.get(`[id="${id}"]`).text()).toBe('That code is not right.');
  });
});
