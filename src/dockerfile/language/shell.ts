/** A part of a shell's text that means something; blanks and plain words have none. */
export interface ShellToken {
  readonly kind:
    'command' | 'keyword' | 'operator' | 'string' | 'variable' | 'comment' | 'flag' | 'assignment';
  readonly from: number;
  readonly to: number;
  /** Of an assignment in front of a command: it holds for that command alone. */
  prefix?: boolean;
}

const keywords = new Set([
  'if', 'then', 'elif', 'else', 'fi', 'for', 'while', 'until', 'do', 'done', 'case', 'esac', 'select', 'function',
  '{', '}', '!', '[[', ']]', 'time',
]); // prettier-ignore
/** Their arguments are names. */
const declares = new Set(['export', 'local', 'readonly', 'declare', 'typeset', 'unset', 'read']);
const assigned = /([A-Za-z_]\w*)\+?=/y;
const named = /[A-Za-z_]\w*(?=[\s;&|)]|$)/y;
const flagged = /--?[\w-]+/y;
const variable = /[A-Za-z_]\w*|[0-9@*#?!$-]/y;
const deepest = 40;
/** What a word ends at. */
const ends = new Set(' \t\n\r\v\f;&|()<>');

/** The tokens of a shell's text, in order, in one pass. `tick`: the backquote runs a command. */
export function lexShell(text: string, tick = true): ShellToken[] {
  const lexer = new Lexer(text, tick);
  while (lexer.more) lexer.commands('', 0);
  return lexer.tokens;
}

class Lexer {
  readonly tokens: ShellToken[] = [];
  private at = 0;
  private readonly text: string;
  private readonly tick: boolean;
  private heredocs: { readonly name: string; readonly chomp: boolean }[] = [];

  constructor(text: string, tick: boolean) {
    this.text = text;
    this.tick = tick;
  }

  get more(): boolean {
    return this.at < this.text.length;
  }

  private push(kind: ShellToken['kind'], from: number, to = this.at): ShellToken {
    const token: ShellToken = { kind, from, to };
    if (to > from) this.tokens.push(token);
    return token;
  }

  private match(shape: RegExp): string | undefined {
    shape.lastIndex = this.at;
    return shape.exec(this.text)?.[0];
  }

  /** Commands up to what closes them, which is left unread. */
  commands(closer: string, depth: number): void {
    let role: 'command' | 'argument' | 'name' = 'command';
    let wants: '' | 'name' | 'subject' | 'in' = '';
    let pending: ShellToken[] = [];
    const next = (): void => {
      role = 'command';
      wants = '';
      pending = [];
    };
    while (this.more) {
      const char = this.text.charAt(this.at);
      if (char === closer) return;
      if (char === '\n') {
        this.at += 1;
        this.bodies();
        next();
      } else if (/\s/.test(char)) this.at += 1;
      else if (char === '\\' && /[\r\n]/.test(this.text.charAt(this.at + 1))) this.at += 2;
      else if (char === '#') {
        const end = this.text.indexOf('\n', this.at);
        const from = this.at;
        this.at = end < 0 ? this.text.length : end;
        this.push('comment', from);
      } else if (char === '<' || char === '>') this.redirect(depth);
      else if (';&|()'.includes(char)) {
        const from = this.at;
        if (char === '(' || char === ')') this.at += 1;
        else while (this.text.charAt(this.at) === char) this.at += 1;
        this.push('operator', from);
        next();
      } else if (wants === 'in' && this.match(named) === 'in') {
        this.at += 2;
        this.push('keyword', this.at - 2);
        next();
        role = 'argument';
      } else {
        const from = this.at;
        const plain = this.word(wants === 'name' ? 'name' : role, depth, pending);
        if (this.at === from) this.at += 1;
        if (wants === 'name' || wants === 'subject') wants = 'in';
        else if (role === 'command' && plain !== undefined) {
          if (plain === 'for' || plain === 'select') wants = 'name';
          else if (plain === 'case') wants = 'subject';
          else if (!keywords.has(plain)) role = declares.has(plain) ? 'name' : 'argument';
          if (role === 'argument') for (const token of pending) token.prefix = true;
        }
      }
    }
  }

  /** One word. Answers what it says where it is a command's. */
  private word(
    role: 'command' | 'argument' | 'name',
    depth: number,
    pending: ShellToken[] = [],
  ): string | undefined {
    const name = role === 'argument' ? undefined : this.match(assigned);
    if (name !== undefined) {
      const length = name.length - (name.endsWith('+=') ? 2 : 1);
      pending.push(this.push('assignment', this.at, this.at + length));
      this.at += name.length;
      this.parts(depth);
      return undefined;
    }
    const from = this.at;
    const flag = role === 'command' ? undefined : this.match(flagged);
    if (flag !== undefined) {
      this.at += flag.length;
      this.push('flag', from);
    } else if (role === 'name') {
      const declared = this.match(named);
      if (declared !== undefined) {
        this.at += declared.length;
        this.push('assignment', from);
        return undefined;
      }
    }
    const before = this.tokens.length;
    this.parts(depth);
    if (role !== 'command') return undefined;
    const text = this.text.slice(from, Math.min(this.at, from + 100));
    if (this.tokens.length === before) this.push(keywords.has(text) ? 'keyword' : 'command', from);
    return text;
  }

  private parts(depth: number): void {
    let braces = 0;
    while (this.more) {
      const char = this.text.charAt(this.at);
      if (braces === 0 ? ends.has(char) : char === '\n') return;
      if (char === '\\') this.at = Math.min(this.at + 2, this.text.length);
      else if (char === "'") {
        const end = this.text.indexOf("'", this.at + 1);
        const from = this.at;
        this.at = end < 0 ? this.text.length : end + 1;
        this.push('string', from);
      } else if (char === '"') this.double(depth);
      else if (char === '$') braces += this.dollar(depth);
      else if (char === '`' && this.tick) {
        if (depth >= deepest) return;
        const from = this.at;
        this.at += 1;
        this.push('operator', from);
        // The one that closes it opens none: what is within ends there.
        this.commands('`', deepest);
        this.close('`');
      } else {
        if (char === '}' && braces > 0) braces -= 1;
        this.at += 1;
      }
    }
  }

  private double(depth: number): void {
    let from = this.at;
    let braces = 0;
    this.at += 1;
    while (this.more) {
      const char = this.text.charAt(this.at);
      if (char === '\\') this.at = Math.min(this.at + 2, this.text.length);
      else if (char === '"' && braces === 0) {
        this.at += 1;
        break;
      } else if (char === '$') {
        this.push('string', from);
        braces += this.dollar(depth);
        from = this.at;
      } else {
        if (char === '}' && braces > 0) braces -= 1;
        this.at += 1;
      }
    }
    this.push('string', from);
  }

  /** What a `$` begins. Answers 1 when it has opened a brace. */
  private dollar(depth: number): 0 | 1 {
    const from = this.at;
    this.at += 1;
    const char = this.text.charAt(this.at);
    if (this.text.startsWith('((', this.at)) this.arithmetic();
    else if (char === '(' && depth < deepest) {
      this.at += 1;
      this.push('operator', from);
      this.commands(')', depth + 1);
      this.close(')');
    } else {
      const braced = char === '{';
      if (braced) this.at += this.text.charAt(this.at + 1) === '#' ? 2 : 1;
      const name = this.match(variable);
      if (name !== undefined) {
        this.at += name.length;
        this.push('variable', this.at - name.length);
      }
      if (braced) return 1;
    }
    return 0;
  }

  private close(char: string): void {
    if (this.text.charAt(this.at) !== char) return;
    this.at += 1;
    this.push('operator', this.at - 1);
  }

  private arithmetic(): void {
    let open = 0;
    while (this.more) {
      const char = this.text.charAt(this.at);
      if (char === '$' && this.text.charAt(this.at + 1) !== '(') {
        this.dollar(deepest);
        continue;
      }
      this.at += 1;
      if (char === '(') open += 1;
      else if (char === ')' && --open === 0) return;
    }
  }

  private redirect(depth: number): void {
    const from = this.at;
    while (/[<>&|-]/.test(this.text.charAt(this.at))) this.at += 1;
    this.push('operator', from);
    const operator = this.text.slice(from, this.at);
    while (/[ \t]/.test(this.text.charAt(this.at))) this.at += 1;
    const word = this.at;
    if (!/[\n;|&)]/.test(this.text.charAt(word))) this.parts(depth);
    if (operator !== '<<' && operator !== '<<-') return;
    const name = this.text.slice(word, this.at).replace(/["'\\]/g, '');
    if (name !== '') this.heredocs.push({ name, chomp: operator === '<<-' });
  }

  /** The bodies of heredocs that were opened on the line that has just ended. */
  private bodies(): void {
    for (const { name, chomp } of this.heredocs.splice(0)) {
      while (this.more) {
        const end = this.text.indexOf('\n', this.at);
        const stop = end < 0 ? this.text.length : end;
        const line = this.text.slice(this.at, stop);
        const from = this.at;
        this.at = Math.min(stop + 1, this.text.length);
        this.push('string', from, stop);
        if ((chomp ? line.replace(/^\t+/, '') : line) === name) break;
      }
    }
  }
}
