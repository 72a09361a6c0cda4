import { DockerfileParser, PropertyInstruction } from 'dockerfile-ast';
import { describe, expect, test } from 'vitest';
import { instructionAt, modelOf, parseModel, stageNamed } from '../../../src/dockerfile/model/model';
import { badReference, parseReference } from '../../../src/dockerfile/model/reference';
import { scopeAt } from '../../../src/dockerfile/model/scope';
import { everything, hasCorpus, mutate, random, texts } from './support';

const keywords = (text: string): string[] => parseModel(text).instructions.map(({ keyword }) => keyword);

describe('heredocs, in every form that BuildKit takes', () => {
  const heredocs = (text: string): unknown[] => {
    const model = parseModel(text);
    return model.instructions.flatMap((one) =>
      one.heredocs.map(({ name, chomp, expand, fd, content }) => [
        name,
        model.lines.text.slice(content.start, content.end),
        ...(chomp ? ['chomp'] : []),
        ...(expand ? [] : ['raw']),
        ...(fd ? [fd] : []),
      ]),
    );
  };

  test.each([
    ['RUN <<EOF\na\nEOF\nUSER x', [['EOF', 'a\n']]],
    ['RUN << EOF\na\nEOF\nUSER x', [['EOF', 'a\n']]],
    ['RUN <<- EOF\n\ta\n\tEOF\nUSER x', [['EOF', '\ta\n', 'chomp']]],
    ["RUN <<'EOF'\n$a\nEOF\nUSER x", [['EOF', '$a\n', 'raw']]],
    ['RUN <<"EOF"\n$a\nEOF\nUSER x', [['EOF', '$a\n', 'raw']]],
    ["RUN <<'one two'\na\none two\nUSER x", [['one two', 'a\n', 'raw']]],
    ['RUN 3<<EOF\na\nEOF\nUSER x', [['EOF', 'a\n', 3]]],
    [
      'RUN <<-A cat <<B\n\ta\n\tA\nb\nB\nUSER x',
      [
        ['A', '\ta\n', 'chomp'],
        ['B', 'b\n'],
      ],
    ],
    [
      'COPY <<a <<b /x/\n1\na\n2\nb\nUSER x',
      [
        ['a', '1\n'],
        ['b', '2\n'],
      ],
    ],
    ['ADD <<a /x\na\nUSER x', [['a', '']]],
    ['ONBUILD RUN <<EOF\nFROM\nEOF\nUSER x', [['EOF', 'FROM\n']]],
    ['RUN cat <<EOF \\\n  && b\nbody\nEOF\nUSER x', [['EOF', 'body\n']]],
    ['RUN <<EOF\r\na\r\nEOF\r\nUSER x', [['EOF', 'a\r\n']]],
  ])('%j', (text, expected) => {
    expect(heredocs(`FROM scratch\n${text}`)).toEqual(expected);
    expect(keywords(`FROM scratch\n${text}`).at(-1)).toBe('USER');
    expect(keywords(`FROM scratch\n${text}`)).toHaveLength(3);
  });

  test.each([
    'RUN cat <<<word',
    'RUN echo "<<EOF"',
    "RUN echo '<<EOF'",
    'RUN echo $((1<<2))',
    'CMD x <<EOF',
    'RUN ["<<EOF"]',
    'RUN a \\<<EOF',
  ])('%s is none', (text) => {
    expect(heredocs(`FROM scratch\n${text}\nUSER x`)).toEqual([]);
    expect(keywords(`FROM scratch\n${text}\nUSER x`)).toEqual(['FROM', text.split(' ')[0], 'USER']);
  });

  test('one that never ends takes the rest', () => {
    const [, run] = parseModel('FROM scratch\nRUN <<EOF\na\nb').instructions;
    expect(run?.heredocs[0]?.delimiterLine).toBeUndefined();
    expect(run?.endLine).toBe(3);
  });
});

describe('directives', () => {
  const names = (text: string): string[] =>
    parseModel(text).directives.map(({ name, value }) => `${name}=${value}`);

  test('only the three, and only before anything else', () => {
    expect(names('# Syntax = docker/dockerfile:1 \n#escape=`\n# check=skip=all\nFROM a')).toEqual([
      'syntax=docker/dockerfile:1',
      'escape=`',
      'check=skip=all',
    ]);
    expect(names('# foo=bar\n# escape=`\nFROM a')).toEqual([]);
    expect(names('\n# escape=`\nFROM a')).toEqual([]);
    expect(names('# escape=\nFROM a')).toEqual([]);
    expect(parseModel('# foo=bar\n# escape=`\nFROM a').escape).toBe('\\');
    expect(parseModel('\uFEFF# escape=`\r\nFROM a').escape).toBe('`');
  });

  test('the escape character joins lines, two of them do not', () => {
    expect(keywords('# escape=`\nFROM a\nRUN x `\n y\nUSER z')).toEqual(['FROM', 'RUN', 'USER']);
    expect(keywords('FROM a\nRUN x \\\\\nUSER z')).toEqual(['FROM', 'RUN', 'USER']);
    expect(keywords('FROM a\nRUN x \\ \t\n\n# c\n y\nUSER z')).toEqual(['FROM', 'RUN', 'USER']);
    expect(keywords('FROM a\nRUN x \\')).toEqual(['FROM', 'RUN']);
  });
});

describe('what an instruction is made of', () => {
  const last = (text: string) => parseModel(text).instructions.at(-1);

  test('flags and their options, over several lines', () => {
    const text = 'RUN --mount=type=cache,target="/a,b" \\\n  --network=none --security -- ls --x';
    const run = last(text);
    expect(run?.flags.map(({ name, value }) => [name, value])).toEqual([
      ['mount', 'type=cache,target=/a,b'],
      ['network', 'none'],
      ['security', undefined],
    ]);
    const [mount] = run?.flags ?? [];
    expect(mount && run?.options(mount).map(({ key, value }) => [key, value])).toEqual([
      ['type', 'cache'],
      ['target', '/a,b'],
    ]);
    expect(run?.rest.text).toBe('ls --x');
    const network = run?.flag('network');
    expect(network && text.slice(network.start, network.end)).toBe('--network=none');
  });

  test('pairs of ARG, ENV and LABEL', () => {
    const pairs = (text: string): unknown[] =>
      last(text)?.properties.map(({ name, value, legacy }) => [name, value, legacy]) ?? [];
    expect(pairs('ARG A=1 B C="x y"')).toEqual([
      ['A', '1', false],
      ['B', undefined, false],
      ['C', '"x y"', false],
    ]);
    expect(pairs('ENV A x y  ')).toEqual([['A', 'x y', true]]);
    expect(pairs('ENV A=a\\ b "B"=c')).toEqual([
      ['A', 'a\\ b', false],
      ['B', 'c', false],
    ]);
  });

  test('the JSON form, with what JSON escapes', () => {
    expect(last('CMD ["a\\nb", "c\\"d"]')?.json?.items.map(({ value }) => value)).toEqual(['a\nb', 'c"d']);
    expect(last('CMD []')?.json?.items).toEqual([]);
    for (const none of ['CMD ["a"', "CMD ['a']", 'CMD [1]', 'CMD ["a"] b'])
      expect(last(none)?.json).toBeUndefined();
  });

  test('variables with every modifier, and those within their words', () => {
    const names = (text: string): unknown[] =>
      last(text)?.variables.map(({ name, modifier }) => [name, modifier]) ?? [];
    expect(names('ENV A=$a${b}${c:-$d}${e#p*}${f%%x}${g/a/b}${h+set}')).toEqual([
      ['a', undefined], ['b', undefined], ['c', ':-'], ['d', undefined], ['e', '#'], ['f', '%%'], ['g', '/'], ['h', '+'],
    ]); // prettier-ignore
    expect(names("ENV A='$a' B=\\$b C=\"'$c'\"")).toEqual([['c', undefined]]);
  });

  test('places are found again over continuations', () => {
    const model = parseModel('FROM a\nENV A=1 \\\n  # c\n\n  B=$x \\\n  C=3\nUSER u');
    const env = model.instructions[1];
    expect(env?.properties.map(({ start, end }) => model.lines.text.slice(start, end))).toEqual([
      'A=1',
      'B=$x',
      'C=3',
    ]);
    expect(instructionAt(model, model.lines.text.indexOf('$x'))).toBe(env);
    expect(model.lines.positionAt(model.lines.text.indexOf('C=3'))).toEqual({ line: 5, character: 2 });
  });
});

describe('stages and what is set in them', () => {
  const model = parseModel(
    'ARG T=1\nFROM a:${T} AS One\nARG T\nARG X=$T-x Y\nENV P=/p:$X\nFROM one AS two\nENV X=env\nARG X=arg\nRUN y\nFROM two\nUSER z',
  );

  test('a stage knows what it is made from, in any case', () => {
    expect(model.stages.map(({ base, resolved }) => [resolved, base?.index])).toEqual([
      ['a:1', undefined],
      ['one', 0],
      ['two', 1],
    ]);
    expect(stageNamed(model, 'ONE')?.index).toBe(0);
    expect(stageNamed(model, '1')?.index).toBe(1);
    expect(stageNamed(model, 'nginx')).toBeUndefined();
    expect(parseModel('FROM a AS a').stages[0]?.base).toBeUndefined();
  });

  test('values come down through the stages; ENV hides ARG', () => {
    const user = model.instructions.at(-1);
    const scope = user && scopeAt(model, user, () => ({ HOME: '/root' }));
    const value = (name: string): unknown => scope?.get(name)?.value;
    expect([value('T'), value('Y'), value('P'), value('X'), value('HOME'), value('nope')]).toEqual([
      '1',
      undefined,
      '/p:1-x',
      'env',
      '/root',
      undefined,
    ]);
  });

  test('a version of a document is read once', () => {
    const document = { version: 1, getText: () => everything };
    const first = modelOf(document);
    expect(modelOf(document)).toBe(first);
    document.version = 2;
    expect(modelOf(document)).not.toBe(first);
  });
});

test('a stage named after the platform is the base of what asks for it', () => {
  const { stages } = parseModel(
    'FROM a AS run-linux\nFROM b AS run-windows\nFROM run-${TARGETOS}\nFROM $TARGETVARIANT',
  );
  expect(stages.map(({ base, resolved }) => [base?.name?.text, resolved]).slice(2)).toEqual([
    ['run-linux', 'run-linux'],
    [undefined, ''],
  ]);
});

describe('image references', () => {
  test.each([
    ['debian', [undefined, 'debian', undefined, undefined]],
    ['a.b:5000/x/y:1.0@sha256:ab', ['a.b:5000', 'x/y', '1.0', 'sha256:ab']],
    ['localhost/x', ['localhost', 'x', undefined, undefined]],
    ['lib/x:${V:-1}', [undefined, 'lib/x', '${V:-1}', undefined]],
    ['${R:-a:1}/x', [undefined, '${R:-a:1}/x', undefined, undefined]],
  ])('%s', (text, expected) => {
    const { registry, name, tag, digest } = parseReference(text);
    expect([registry?.text, name.text, tag?.text, digest?.text]).toEqual(expected);
  });

  test('which part is not valid', () => {
    expect(
      ['a', 'a/b_c', 'A', 'a:', 'a:x y', 'a@sha256:1', '', 'a//b', 'h.io:80/a:1'].map(badReference),
    ).toEqual([undefined, undefined, 'name', 'tag', 'tag', 'digest', 'name', 'name', undefined]);
  });
});

describe('where dockerfile-ast is right', () => {
  /** It reads heredocs, unknown directives and escapes in front of other line ends in ways of its own. */
  const isRight = (text: string): boolean =>
    parseModel(text).instructions.every(({ heredocs }) => heredocs.length === 0) &&
    !/^#\s*\w+\s*=|<<|[\f\v\0\uFEFF\u2028]|\\\\|[\\`][ \t]+$|^[ \t]*[\\`]/m.test(text);
  const pick = random(20_261_126);
  const all = texts();
  const mutated = Array.from({ length: 1000 }, () => mutate(all[pick(all.length)] ?? '', pick));
  const right = [...all, ...mutated].filter(isRight);

  test('there are enough files to tell', () => {
    console.log(`${right.length} files are held against dockerfile-ast`);
    expect(right.length).toBeGreaterThanOrEqual(hasCorpus ? 200 : 20);
  });

  test('instructions and stages are the same, at the same places', () => {
    for (const text of right) {
      const model = parseModel(text);
      const ast = DockerfileParser.parse(text);
      expect(
        model.instructions.map(({ line, endLine, keyword, keywordWord }) => [
          line,
          endLine,
          keyword,
          keywordWord.text,
        ]),
        text,
      ).toEqual(
        ast.getInstructions().map((one) => {
          const { start, end } = one.getRange();
          return [start.line, end.line, one.getKeyword(), one.getInstruction()];
        }),
      );
      // A quote in a flag may hold words together, which it does not see.
      if (model.stages.some(({ from }) => /["']/.test(from.logical.text))) continue;
      // It names a stage by the third word, whatever the second is.
      const named = (words: readonly string[]): boolean => words[1]?.toUpperCase() === 'AS';
      expect(
        model.stages.map(({ name }) => name?.text),
        text,
      ).toEqual(
        ast.getFROMs().map((from) => {
          const words = from.getArguments().map((one) => one.getValue());
          return named(words) ? (from.getBuildStage() ?? undefined) : undefined;
        }),
      );
    }
  });

  test('arguments and properties are the same', () => {
    const plain = new Set(['FROM', 'COPY', 'ADD', 'EXPOSE', 'VOLUME']);
    let compared = 0;
    for (const text of right) {
      const nodes = DockerfileParser.parse(text).getInstructions();
      for (const [at, instruction] of parseModel(text).instructions.entries()) {
        const node = nodes[at];
        // Where quotes, escapes and braces count, BuildKit and it are not of one mind.
        if (!node || /["'\\`{]/.test(instruction.logical.text) || /["'`{]|^\s*#/m.test(node.getTextContent()))
          continue;
        if (plain.has(instruction.keyword))
          expect(
            instruction.args.map((word) => word.text),
            node.getTextContent(),
          ).toEqual(node.getArguments().map((one) => one.getValue()));
        else if (
          node instanceof PropertyInstruction &&
          instruction.properties.every(({ value }) => value !== undefined) &&
          instruction.properties[0]?.legacy === false
        )
          expect(
            instruction.properties.map(({ name, value }) => [name, value]),
            node.getTextContent(),
          ).toEqual(node.getProperties().map((one) => [one.getName(), one.getValue() ?? undefined]));
        else continue;
        compared += 1;
      }
    }
    console.log(`${compared} instructions have the same arguments as in dockerfile-ast`);
    expect(compared).toBeGreaterThan(right.length);
  });
});
