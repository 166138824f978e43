// Errors of the gateway itself. API Gateway answers {"message": …}; here they have the form of all
// the API's other errors (RFC 9457), which is what a deployed district should map them to as well.
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

const PROBLEMS = {
  unauthorized: {
    status: 401,
    zh: ['未授权', '请求需要有效的访问令牌。'],
    en: ['Unauthorized', 'The request needs a valid access token.'],
  },
  forbidden: {
    status: 403,
    zh: ['禁止访问', '访问令牌没有所需的权限范围。'],
    en: ['Forbidden', 'The access token lacks the scope that is needed.'],
  },
  'route-not-found': {
    status: 404,
    zh: ['没有此接口', '没有这个路径或方法。'],
    en: ['Route not found', 'There is no such path or method.'],
  },
  'malformed-request': {
    status: 400,
    zh: ['请求格式错误', '请求的路径或查询参数编码有误。'],
    en: ['Malformed request', 'The path or the query is not encoded correctly.'],
  },
  'body-too-large': {
    status: 413,
    zh: ['请求体过大', '请求体超过 10 MB。'],
    en: ['Body too large', 'The body is above 10 MB.'],
  },
  'internal-error': {
    status: 500,
    zh: ['服务器内部错误', '请求没有完成，结果未知，可以用同一个幂等键重试。'],
    en: ['Internal server error', 'The outcome is unknown; retry with the same idempotency key.'],
  },
} as const;

/** Chinese unless English is preferred. */
const languageOf = (acceptLanguage = ''): 'zh' | 'en' => {
  const preferred = acceptLanguage
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().split(/;\s*q=/);
      return { language: tag.slice(0, 2).toLowerCase(), quality: Number(quality ?? 1) };
    })
    .filter(({ language }) => language === 'zh' || language === 'en')
    .sort((a, b) => b.quality - a.quality)[0];
  return preferred?.language === 'en' ? 'en' : 'zh';
};

export const sendProblem = (
  headers: IncomingHttpHeaders,
  response: ServerResponse,
  name: keyof typeof PROBLEMS,
  extraHeaders: Readonly<Record<string, string>> = {},
): void => {
  const language = languageOf(headers['accept-language']);
  const { status, [language]: texts } = PROBLEMS[name];
  const [title, detail] = texts;
  const correlationId = randomUUID();
  response.writeHead(status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': language === 'zh' ? 'zh-CN' : 'en',
    'x-correlation-id': correlationId,
    ...extraHeaders,
  });
  const type = `urn:leifeng:problem:${name}`;
  response.end(JSON.stringify({ type, title, status, detail, correlationId }));
};
