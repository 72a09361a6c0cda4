import { describe, expect, test } from 'vitest';
import { flagDoc, instructionDocs, mountDoc } from '../../../src/dockerfile/language/docs';
import { hoverAt } from '../../../src/dockerfile/language/hover';
import { imagePage, links } from '../../../src/dockerfile/language/links';
import { signatureAt } from '../../../src/dockerfile/language/signature';
import { parseModel } from '../../../src/dockerfile/model/model';
import { flagTable, mountTypes } from '../../../src/dockerfile/rules/syntax/flags';

/** `|` marks the place. */
function at(marked: string): { model: ReturnType<typeof parseModel>; offset: number } {
  const offset = marked.indexOf('|');
  return { model: parseModel(marked.slice(0, offset) + marked.slice(offset + 1)), offset };
}

describe('hover', () => {
  const kind = (marked: string): string => {
    const { model, offset } = at(marked);
    const hover = hoverAt(model, offset);
    switch (hover?.kind) {
      case undefined:
        return 'nothing';
      case 'instruction':
        return `instruction ${hover.keyword}`;
      case 'option':
        return `option ${hover.name}`;
      case 'variable':
        return `variable ${hover.name}=${hover.binding?.value ?? ''} (${hover.binding?.kind ?? 'unset'})`;
      case 'stage':
        return `stage ${hover.stage.index} of ${hover.image}: ${hover.description}`;
      case 'image':
        return `image ${hover.reference} ${hover.platform ?? ''}`.trim();
      case 'port':
        return `port ${hover.port}/${hover.protocol} ${hover.usual ?? ''}`.trim();
    }
  };

  test.each([
    ['fr|om a', 'instruction FROM'],
    ['FROM a\nONBUILD co|py a b', 'instruction COPY'],
    ['FROM a\nCOPY --ch|own=a b c', 'option --chown'],
    ['FROM a\nRUN --mount=type=cache,tar|get=/x y', 'option target'],
    ['ARG A=1\nARG B=${A}2\nFROM x:$|B', 'variable B=12 (ARG)'],
    ['ARG A=1\nFROM x\nARG |A\nRUN echo', 'variable A=1 (ARG)'],
    ['FROM x AS y\nENV A=1\nFROM y\nRUN echo "${|A:-2}"', 'variable A=1 (ENV)'],
    ['FROM x\nRUN <<E\necho $HO|ME\nE', 'variable HOME= (unset)'],
    ['FROM --platform=$|TARGETPLATFORM x', 'variable TARGETPLATFORM= (predefined)'],
    ['# build makes it\nFROM go AS build\nFROM x\nCOPY --from=bu|ild a b', 'stage 0 of go: makes it'],
    ['FROM go\nFROM x\nCOPY --from=|0 a b', 'stage 0 of go:'],
    ['ARG T=3\nFROM --platform=linux/arm64 alp|ine:$T', 'image alpine:3 linux/arm64'],
    ['FROM scra|tch', 'nothing'],
    ['FROM a\nEXPOSE 54|32', 'port 5432/tcp PostgreSQL'],
    ['FROM a\nRUN echo h|i', 'nothing'],
  ])('%s', (marked, expected) => {
    expect(kind(marked).trim()).toBe(expected);
  });

  test('every flag and every key of a mount is explained', () => {
    const silent = [
      ...Object.values(flagTable).flatMap((table) => Object.keys(table).filter((flag) => !flagDoc(flag))),
      ...Object.values(mountTypes).flatMap((keys) => keys.filter((key) => !mountDoc(key))),
    ];
    expect(silent).toEqual([]);
    expect(Object.keys(instructionDocs)).toHaveLength(18);
  });
});

describe('links', () => {
  test.each([
    ['alpine', 'https://hub.docker.com/_/alpine'],
    ['library/alpine:3', 'https://hub.docker.com/_/alpine'],
    ['docker.io/grafana/grafana:1', 'https://hub.docker.com/r/grafana/grafana'],
    ['ghcr.io/astral-sh/uv:latest', 'https://github.com/astral-sh/uv/pkgs/container/uv'],
    ['ghcr.io/a/b/c', 'https://github.com/a/b/pkgs/container/b%2Fc'],
    ['quay.io/keycloak/keycloak', 'https://quay.io/repository/keycloak/keycloak'],
    ['mcr.microsoft.com/dotnet/sdk:8.0', 'https://mcr.microsoft.com/artifact/mar/dotnet/sdk'],
    ['gcr.io/distroless/static', undefined],
    ['localhost:5000/x', undefined],
    ['scratch', undefined],
    ['Bad//Name', undefined],
  ])('%s', (reference, page) => {
    expect(imagePage(reference)).toBe(page);
  });

  test('where the file says which image is meant, and nowhere else', () => {
    const text = [
      '# syntax=docker/dockerfile:1', 'ARG IMAGE=node', 'ARG OTHER', 'FROM $IMAGE:$OTHER AS a', 'FROM x$OTHER', 'FROM a',
      'COPY --from=busybox /a /b', 'COPY --from=a /a /b', 'RUN --mount=from=golang:1,target=/x y',
    ].join('\n'); // prettier-ignore
    expect(links(parseModel(text)).map(({ start, end, url }) => [text.slice(start, end), url])).toEqual([
      ['docker/dockerfile:1', 'https://hub.docker.com/r/docker/dockerfile'],
      ['$IMAGE:$OTHER', 'https://hub.docker.com/_/node'],
      ['busybox', 'https://hub.docker.com/_/busybox'],
      ['golang:1', 'https://hub.docker.com/_/golang'],
    ]);
  });
});

describe('signatures', () => {
  test.each([
    ['FROM |', 'image'],
    ['FROM --plat|', '[--platform=platform]'],
    ['FROM --platform=x |', 'image'],
    ['FROM alp|', 'image'],
    ['FROM alpine |', '[AS name]'],
    ['FROM alpine AS |', '[AS name]'],
    ['FROM a\nCOPY --chown=|a b c', '[--flags]'],
    ['FROM a\nCOPY a|', 'source…'],
    ['FROM a\nCOPY a b|', 'destination'],
    ['FROM a\nONBUILD EXPOSE 8|', 'port[/tcp|/udp]…'],
    ['FROM a\nARG A=1 B|', 'name[=default]…'],
    ['FROM a\nCMD [|', '["executable", "argument"…]'],
  ])('%s', (marked, parameter) => {
    const { model, offset } = at(marked);
    const found = signatureAt(model, offset);
    const [from = 0, to = 0] = found?.parameters[found.active] ?? [];
    expect(found?.label.slice(from, to)).toBe(parameter);
  });

  test('none on the keyword, and none in a heredoc', () => {
    for (const marked of ['FR|OM a', 'FROM a\nRUN <<E\nx| y\nE', '# a|', 'FROM a\nFOO |x']) {
      const { model, offset } = at(marked);
      expect(signatureAt(model, offset), marked).toBeUndefined();
    }
  });
});
