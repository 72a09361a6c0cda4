import { cut } from '../pairs';

const SECRET_NAME =
  /pass(?:word|wd|phrase)|secret|token|(?:api|access|private|account|encryption)[-_.]?key|credential|(?:^|[-_.])(?:pass|pwd|auth)(?:$|[-_.])/i;
const PASSWORD_IN_URL = /(:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g;

/** What stands in place of a secret. */
export const MASK = '***';

/** Whether the name of a variable, a label or an option says that its value is not for everybody's eyes. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** A value with nothing secret in it: masked as a whole by its name, else without the passwords of its URLs. */
export function maskValue(name: string, value: string): string {
  return isSecretName(name) && value !== '' ? MASK : value.replace(PASSWORD_IN_URL, `$1${MASK}`);
}

/** As `maskValue`, for the words of a command: `--password=x`, `--password x`, `PASSWORD=x`. */
export function maskWords(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const before = words[index - 1] ?? '';
    const [name, value] = cut(word);
    if (value !== undefined) return `${name}=${maskValue(name, value)}`;
    return maskValue(before.startsWith('-') && !before.includes('=') ? before : '', word);
  });
}
