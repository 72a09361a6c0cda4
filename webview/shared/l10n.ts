/** The panel's words: the host half translates them and puts them into the page, so that they are there before any message. */
export function readStrings(): unknown {
  return JSON.parse(document.getElementById('strings')?.textContent ?? '{}');
}

/** `{0}` in a text is replaced by the first value, and so on. */
export function fill(text: string, ...values: (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}

/** A moment as people of the editor's language write it; without the date when it is today. */
export function moment(time: number, now = Date.now(), language = document.documentElement.lang): string {
  const today = new Date(time).toDateString() === new Date(now).toDateString();
  const style = today
    ? ({ timeStyle: 'medium' } as const)
    : ({ dateStyle: 'medium', timeStyle: 'short' } as const);
  return new Intl.DateTimeFormat(language, style).format(time);
}

/** A number of things as people of the editor's language write it. */
export function count(value: number): string {
  return new Intl.NumberFormat(document.documentElement.lang).format(value);
}
