import { readAnswer, type Question, type Remote } from './completion/images';

const fresh = 10 * 60_000;
const rest = 60_000;
const timeout = 3_000;
const most = 200;

/** Docker Hub's names and tags. Quietly silent without a network, and for a while after it did not answer. */
export class Hub {
  private readonly known = new Map<string, { readonly at: number; readonly answer: Remote }>();
  private readonly asked = new Map<string, Promise<Remote | undefined>>();
  private restUntil = 0;

  /** Undefined where nothing is known. Each question is asked once, however often it comes. */
  ask(question: Question): Promise<Remote | undefined> {
    const url = addressOf(question);
    const known = this.known.get(url);
    if (known && Date.now() - known.at < fresh) return Promise.resolve(known.answer);
    if (Date.now() < this.restUntil) return Promise.resolve(undefined);
    let running = this.asked.get(url);
    if (!running) {
      running = this.fetch(url, question).finally(() => this.asked.delete(url));
      this.asked.set(url, running);
    }
    return running;
  }

  private async fetch(url: string, question: Question): Promise<Remote | undefined> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(timeout) });
      // A name that is not there is an answer too.
      if (!response.ok && response.status !== 404) throw new Error(String(response.status));
      const answer = readAnswer(question, response.ok ? await response.json() : {});
      if (this.known.size >= most) this.known.clear();
      this.known.set(url, { at: Date.now(), answer });
      return answer;
    } catch {
      this.restUntil = Date.now() + rest;
      return undefined;
    }
  }
}

function addressOf({ kind, name }: Question): string {
  if (kind === 'names')
    return `https://hub.docker.com/v2/search/repositories/?page_size=25&query=${encodeURIComponent(name)}`;
  const [namespace = '', repository = ''] = name.split('/').map(encodeURIComponent);
  return `https://hub.docker.com/v2/namespaces/${namespace}/repositories/${repository}/tags?page_size=100`;
}
