import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import PasswordField from './PasswordField.vue';

const mountField = (props: { hint?: string; error?: string } = {}) =>
  mount(PasswordField, {
    props: {
      modelValue: 'secret',
      label: 'Password',
      autocomplete: 'current-password',
      showLabel: 'Show',
      hideLabel: 'Hide',
      ...props,
    },
  });

describe('PasswordField', () => {
  it('hides the password until Show is pressed, and hides it again', async () => {
    const wrapper = mountField();
    const type = () => wrapper.get('input').attributes('type');
    expect(type()).toBe('password');
    await wrapper.get('button').trigger('click');
    expect(type()).toBe('text');
    expect(wrapper.get('button').text()).toBe('Hide');
    await wrapper.get('button').trigger('click');
    expect(type()).toBe('password');
  });

  it('does not submit the form with Show', () => {
    expect(mountField().get('button').attributes('type')).toBe('button');
  });

  it('says to a screen reader which password Show shows, without taking the label for itself', () => {
    const wrapper = mountField();
    const described = wrapper.get('button').attributes('aria-describedby') ?? '';
    expect(wrapper.get(`[id="${described}"]`).text()).toBe('Password');
    expect(wrapper.get('button').attributes('aria-label')).toBeUndefined();
  });

  it('lets a password manager and the clipboard in', () => {
    const input = mountField().get('input');
    expect(input.attributes('autocomplete')).toBe('current-password');
    expect(input.attributes('onpaste')).toBeUndefined();
  });

  it('describes the input by its hint and its error', () => {
    const wrapper = mountField({ hint: 'At least 12 characters.', error: 'Too short.' });
    const ids = (wrapper.get('input').attributes('aria-describedby') ?? '').split(' ');
    expect(ids.map((id) => wrapper.get(`[id="${id}"]`).text())).toEqual([
      'At least 12 characters.',
      'Too short.',
    ]);
  });
});
