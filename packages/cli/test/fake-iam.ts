import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server answers to an action: parameters in, the inner XML of the result or an error out. */
export type Answer = (parameters: URLSearchParams, nth: number) => string | FakeError;

/** An error of the query protocol. */
interface FakeError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** A server that speaks the query protocol of IAM and STS, as far as the answers given to it go. */
export class FakeIam {
  /** Actions in the order in which they were asked. */
  readonly asked: string[] = [];
  readonly #answers: Readonly<Record<string, Answer>>;
  readonly #counts = new Map<string, number>();
  #server: Server | undefined;

  constructor(answers: Readonly<Record<string, Answer>>) {
    this.#answers = answers;
  }

  /** Starts on a free port of loopback; gives the URL. */
  async start(): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { status, body } = this.#answer(
          new URLSearchParams(Buffer.concat(chunks).toString('utf8')),
        );
        response.writeHead(status, { 'content-type': 'text/xml' });
        response.end(body);
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Ends it. */
  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => {
      this.#server?.close(resolve);
    });
  }

  #answer(parameters: URLSearchParams): { status: number; body: string } {
    const action = parameters.get('Action') ?? '';
    this.asked.push(action);
    const nth = (this.#counts.get(action) ?? 0) + 1;
    this.#counts.set(action, nth);
    const found = this.#answers[action]?.(parameters, nth) ?? denied(action);
    if (typeof found !== 'string') {
      const { status, code, message } = found;
      return {
        status,
        body: `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
      };
    }
    return {
      status: 200,
      body: `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${found}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`,
    };
  }
}

/** A refusal in IAM's words. */
function denied(action: string): FakeError {
  return {
    status: 403,
    code: 'AccessDenied',
    message: `User: arn:aws:iam::111111111111:user/ann is not authorized to perform: iam:${action}`,
  };
}
