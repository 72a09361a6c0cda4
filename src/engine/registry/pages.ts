import type { HttpAnswer } from './http';

/**
 * Where the next page is, after `/v2/`: the `Link` header with `rel="next"`. One that leads elsewhere than to this
 * registry's API is not followed.
 */
export function nextPath({ headers, url }: HttpAnswer): string | undefined {
  const { link } = headers;
  const all = typeof link === 'string' ? link : (link ?? []).join(',');
  const target = /<([^<>]*)>\s*;[^,]*\brel\s*=\s*"?next\b/i.exec(all.slice(0, 8192))?.[1];
  if (target === undefined || !URL.canParse(target, url.href)) return undefined;
  const next = new URL(target, url);
  return next.origin === url.origin && next.pathname.startsWith('/v2/')
    ? `${next.pathname.slice('/v2/'.length)}${next.search}`
    : undefined;
}
