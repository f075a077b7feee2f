import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { NotSignedIn } from '../access/errors.js';

interface RawAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const TOO_SLOW: RawAnswer = { status: 408, code: 'TOO_SLOW', message: 'The request was not complete in time.' };
const UNREADABLE: RawAnswer = { status: 400, code: 'UNREADABLE_REQUEST', message: 'This is not an HTTP request.' };
/** In milliseconds. */
const LONGEST_GOODBYE = 5_000;
/** In bytes: what comes after an answer is passed over up to here. */
const MOST_PASSED_OVER = 4 * 1024 * 1024;
const TOO_LARGE = 'The headers are larger than 24 KiB, so nothing in them was read, nor a token.';

/**
 * What a server cannot read as a request is answered in the shape of all errors. Where there is a sign-in, whoever sends
 * more headers than are read is not signed in.
 */
export const answerUnreadable = (server: Server, signIn: boolean): void => {
  const answering = new WeakSet<Socket>();
  server.on('request', ({ socket }, response) => {
    answering.add(socket);
    response.once('close', () => answering.delete(socket));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // Into an answer that is half said nothing can be put in between.
    if (socket.writable && !answering.has(socket))
      socket.end(asText(answerTo(error, signIn))).setTimeout(LONGEST_GOODBYE, () => socket.destroy());
    // Who is still sending does not listen yet, and would lose the answer if the connection were cut.
    else if (!socket.writableEnded || socket.bytesRead > MOST_PASSED_OVER) socket.destroy();
  });
};

const answerTo = ({ code }: NodeJS.ErrnoException, signIn: boolean): RawAnswer => {
  if (code === 'HPE_HEADER_OVERFLOW')
    return { status: signIn ? 401 : 431, code: 'HEADERS_TOO_LARGE', message: TOO_LARGE };
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? TOO_SLOW : UNREADABLE;
};

const asText = ({ status, code, message }: RawAnswer): string => {
  const body = JSON.stringify({
    status,
    errorCode: code,
    userMessage: message,
    developerMessage: message,
    moreInfo: null,
  });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...(status === 401 ? [`WWW-Authenticate: ${new NotSignedIn().challenge}`] : []),
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
};
