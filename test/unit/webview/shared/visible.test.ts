import { expect, test } from 'vitest';
import { shown, visible } from '../../../../webview/shared/visible';

test('signs that act are seen instead; every other text stays as it is', () => {
  expect(visible('\u001b[31mred\u0007\u007f')).toBe('␛[31mred␇␡');
  expect(visible('evil\u202Egnp.exe\u2066')).toBe('evil⟨U+202E⟩gnp.exe⟨U+2066⟩');
  expect(visible('a\u009b2J\ufeff')).toBe('a⟨U+009B⟩2J⟨U+FEFF⟩');
  expect(visible('<b>ä 中 😀</b>\n\t')).toBe('<b>ä 中 😀</b>\n\t');
});

test('what is too long for a page is cut, and says so', () => {
  expect(shown('x'.repeat(5), 3)).toBe('xxx…');
  expect(shown('xxx', 3)).toBe('xxx');
});
