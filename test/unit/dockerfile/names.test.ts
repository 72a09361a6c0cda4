import { describe, expect, test } from 'vitest';
import { nameAt } from '../../../src/dockerfile/language/names';
import { renameEdits } from '../../../src/dockerfile/language/rename';
import { parseModel } from '../../../src/dockerfile/model/model';

/** `|` marks the place. */
function at(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf('|');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

function rename(marked: string, to: string): string {
  const { text, offset } = at(marked);
  const edits = renameEdits(parseModel(text), offset, to);
  if (!Array.isArray(edits)) return JSON.stringify(edits);
  let out = text;
  for (const edit of [...edits].sort((a, b) => b.start - a.start))
    out = out.slice(0, edit.start) + edit.text + out.slice(edit.end);
  return out;
}

/** The lines, from 1, on which what is at the mark is meant. */
function lines(marked: string): string[] {
  const { text, offset } = at(marked);
  const model = parseModel(text);
  const occurrences = [...(nameAt(model, offset)?.named.occurrences ?? [])].sort((a, b) => a.start - b.start);
  return occurrences.map(({ start, role }) => `${model.lines.lineAt(start) + 1}${role.charAt(0)}`);
}

describe('stages', () => {
  const file = [
    'FROM golang AS |Build',
    'from BUILD as test',
    'COPY --from=build /a /b',
    'RUN --mount=type=bind,from=build,target=/x --mount=type=cache,target=/y make build',
    'ONBUILD COPY --from=Build /a /b',
    'ONBUILD RUN --mount=from="build",target=/x true',
    'COPY --from=0 /a /b',
    'FROM test',
    'COPY --from=builder /a /build',
  ].join('\n');

  test('every place that means one, in any case, by index too', () => {
    expect(lines(file)).toEqual(['1d', '2r', '3r', '4r', '5r', '6r', '7r']);
  });

  test('rename changes all that say the name and leaves the index', () => {
    expect(rename(file, 'compile').split('\n')).toEqual([
      'FROM golang AS compile',
      'from compile as test',
      'COPY --from=compile /a /b',
      'RUN --mount=type=bind,from=compile,target=/x --mount=type=cache,target=/y make build',
      'ONBUILD COPY --from=compile /a /b',
      'ONBUILD RUN --mount=from="compile",target=/x true',
      'COPY --from=0 /a /b',
      'FROM test',
      'COPY --from=builder /a /build',
    ]);
  });

  test('the comment that describes a stage goes along', () => {
    expect(rename('# base what all share\nFROM a AS b|ase\nFROM base\n', 'root')).toBe(
      '# root what all share\nFROM a AS root\nFROM root\n',
    );
  });

  test('a name that is taken, that is none, or that a variable holds is refused', () => {
    expect(rename('FROM a AS |x\nFROM b AS y\n', 'Y')).toContain('already');
    expect(rename('FROM a AS |x\n', '1x')).toContain('begins with a letter');
    expect(rename('ARG B=x\nFROM a AS |x\nFROM $B\n', 'z')).toContain('variable holds');
    expect(rename('FROM a AS x\nCOPY --from=|0 a b\n', 'z')).toBe('FROM a AS z\nCOPY --from=0 a b\n');
  });

  test('an image of the same name is no stage', () => {
    expect(lines('FROM |alpine\nFROM b AS alpine\nFROM alpine\n')).toEqual([]);
  });
});

describe('variables', () => {
  test('a global ARG, the stages that take it up, and their uses in shells and heredocs', () => {
    const file = [
      'ARG V|ERSION=1',
      'ARG FULL=a:${VERSION}',
      'FROM a:$VERSION AS one',
      'ARG VERSION',
      "RUN echo $VERSION \"${VERSION:-x}\" 'lit' && sh -c 'echo $VERSION' # $OTHER",
      'RUN <<EOF',
      'echo ${VERSION}',
      'VERSION=${VERSION#v}',
      'EOF',
      "COPY <<'EOF' /x",
      '$VERSION',
      'EOF',
      'FROM b',
      'RUN echo $VERSION',
      'FROM one',
      'LABEL v=$VERSION',
    ].join('\n');
    expect(rename(file, 'V').split('\n')).toEqual([
      'ARG V=1',
      'ARG FULL=a:${V}',
      'FROM a:$V AS one',
      'ARG V',
      "RUN echo $V \"${V:-x}\" 'lit' && sh -c 'echo $V' # $OTHER",
      'RUN <<EOF',
      'echo ${V}',
      'V=${V#v}',
      'EOF',
      "COPY <<'EOF' /x",
      '$VERSION',
      'EOF',
      'FROM b',
      'RUN echo $VERSION',
      'FROM one',
      'LABEL v=$V',
    ]);
  });

  test('an ENV hides an ARG: the two are apart', () => {
    expect(rename('FROM a\nARG |X=1\nRUN echo $X\nENV X=$X\nRUN echo $X\n', 'Y')).toBe(
      'FROM a\nARG Y=1\nRUN echo $Y\nENV X=$Y\nRUN echo $X\n',
    );
  });

  test('several of one ARG, and an ENV again', () => {
    expect(rename('FROM a\nARG |A=1 B=$A\nENV C=$A\n', 'Z')).toBe('FROM a\nARG Z=1 B=$Z\nENV C=$Z\n');
    expect(lines('FROM a\nENV |A=1\nRUN $A\nENV A=2 B=$A\nRUN $A\n')).toEqual(['2d', '3r', '4d', '4r', '5r']);
  });

  test('an assignment before a command is for that command alone', () => {
    expect(rename('FROM a\nARG |OS\nRUN OS=$OS go build && OS=x; echo $OS\n', 'P')).toBe(
      'FROM a\nARG P\nRUN OS=$P go build && P=x; echo $P\n',
    );
  });

  test('after ONBUILD', () => {
    expect(rename('FROM a\nONBUILD ARG |X\nONBUILD RUN echo $X\n', 'Y')).toBe(
      'FROM a\nONBUILD ARG Y\nONBUILD RUN echo $Y\n',
    );
  });

  test('what comes from outside is shown and not renamed', () => {
    expect(lines('FROM a\nENV PATH=/x:$|PATH\nRUN echo $PATH\n')).toEqual(['2d', '2r', '3r']);
    expect(rename('FROM a\nENV |PATH=/x:$PATH\n', 'P')).toContain('base image');
    expect(rename('FROM a\nARG |TARGETARCH\n', 'P')).toContain('by the builder');
    expect(rename('FROM a\nARG |A\n', '1-x')).toContain('letters');
  });
});

describe('heredocs', () => {
  test('both ends change', () => {
    expect(rename('FROM a\nRUN <<-"E|OF"\n\tx\n\tEOF\n', 'END')).toBe('FROM a\nRUN <<-"END"\n\tx\n\tEND\n');
    expect(rename('FROM a\nRUN <<E|OF\nEND\nEOF\n', 'END')).toContain('body');
  });
});
