import { expect, test } from 'vitest';
import { withMarks, withoutMarks } from '../../../../webview/run/directions';

test('what turns the direction is shown by its code, and read back', () => {
  const line = "docker run -e 'A=\u202egnp.exe' -e B=\u2066x\u2069 nginx";
  expect(withMarks(line)).toBe("docker run -e 'A=⟦U+202E⟧gnp.exe' -e B=⟦U+2066⟧x⟦U+2069⟧ nginx");
  expect(withoutMarks(withMarks(line))).toBe(line);
});

test('no other character is read out of a mark', () => {
  expect(withoutMarks('⟦U+0041⟧ ⟦U+000A⟧ ⟦U+202e⟧')).toBe('⟦U+0041⟧ ⟦U+000A⟧ ⟦U+202e⟧');
});
