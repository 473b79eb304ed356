import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { readSubject } from './lazy.ts';
import type { SubjectReading } from './subject.ts';

const token = 'made-up-token-of-acme';
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise<void>((resolve) => {
          server.closeAllConnections();
          server.close(() => {
            resolve();
          });
        }),
    ),
  );
});

type Reply = readonly [number, unknown];

const repository = {
  id: 2001,
  name: 'app',
  owner: { login: 'acme', id: 1001, type: 'Organization' },
  default_branch: 'main',
  visibility: 'private',
};

/** Replies by path; the last one of a list is repeated. */
async function ask(
  replies: Readonly<Record<string, Reply | readonly Reply[]>>,
  more: { readonly token?: string; readonly timeout?: number } = {},
): Promise<{ reading: SubjectReading; asked: string[] }> {
  const asked: string[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(`${path} ${request.headers.authorization ?? ''}`);
    const found = replies[path] ?? [404, { message: 'Not Found' }];
    const list = (Array.isArray(found[0]) ? found : [found]) as readonly Reply[];
    const count = counts.get(path) ?? 0;
    counts.set(path, count + 1);
    const [status, body] = list[Math.min(count, list.length - 1)] ?? [500, {}];
    if (status === 0) return;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const reading = await readSubject({
    owner: 'acme',
    repo: 'app',
    token,
    baseUrl: `http://127.0.0.1:${port}`,
    retryDelay: 1,
    ...more,
  });
  return { reading, asked };
}

const at = {
  repository: '/repos/acme/app',
  customization: '/repos/acme/app/actions/oidc/customization/sub',
  organization: '/orgs/acme/actions/oidc/customization/sub',
};

const all: Readonly<Record<string, Reply>> = {
  [at.repository]: [200, repository],
  [at.customization]: [
    200,
    {
      use_default: false,
      include_claim_keys: ['repo', 'context'],
      use_immutable_subject: true,
      sub_claim_prefix: 'repo:acme@1001/app@2001',
    },
  ],
  [at.organization]: [200, { include_claim_keys: ['repo'], use_immutable_subject: false }],
};

describe('readSubjectCustomization', () => {
  it('reads all three', async () => {
    const { reading, asked } = await ask(all);
    expect(reading).toEqual({
      repository: {
        kind: 'read',
        value: {
          owner: 'acme',
          name: 'app',
          ownerId: '1001',
          id: '2001',
          defaultBranch: 'main',
          visibility: 'private',
        },
      },
      customization: {
        kind: 'read',
        value: {
          useDefault: false,
          claims: ['repo', 'context'],
          immutable: true,
          prefix: 'repo:acme@1001/app@2001',
        },
      },
      organization: { kind: 'read', value: { claims: ['repo'], immutable: false } },
    });
    expect(asked.toSorted()).toEqual(
      [at.organization, at.repository, at.customization].map((path) => `${path} token ${token}`),
    );
  });

  it('reads an older server, which knows less', async () => {
    const { reading } = await ask({
      ...all,
      [at.customization]: [200, { use_default: true }],
      [at.organization]: [200, { include_claim_keys: null }],
    });
    expect(reading.customization).toEqual({ kind: 'read', value: { useDefault: true } });
    expect(reading.organization).toEqual({ kind: 'read', value: { claims: [] } });
  });

  it('expects no organisation of a user', async () => {
    const { reading } = await ask({
      [at.repository]: [200, { ...repository, owner: { ...repository.owner, type: 'User' } }],
    });
    expect(reading.repository.kind).toBe('read');
    expect(reading).not.toHaveProperty('organization');
  });

  it.each([
    [401, 'unauthorized', 'wrong or has expired'],
    [403, 'forbidden', 'may not read'],
    [404, 'not-found', 'does not show it'],
    [418, 'unexpected', '418'],
    [500, 'server', 'try again later'],
  ])('gives %i back as data', async (status, reason, words) => {
    const { reading } = await ask({
      ...all,
      [at.customization]: [status, { message: `no ${token}` }],
    });
    expect(reading.repository.kind).toBe('read');
    expect(reading.customization).toMatchObject({
      kind: 'failed',
      reason,
      status,
      problem: expect.stringContaining(words),
    });
    expect(JSON.stringify(reading)).not.toContain(token);
  });

  it('asks again after an error of the server, and only then', async () => {
    const { reading, asked } = await ask({
      ...all,
      [at.customization]: [[502, {}], all[at.customization] ?? [500, {}]],
      [at.organization]: [403, {}],
    });
    expect(reading.customization.kind).toBe('read');
    expect(asked.filter((one) => one.startsWith(at.customization))).toHaveLength(2);
    expect(asked.filter((one) => one.startsWith(at.organization))).toHaveLength(1);
  });

  it.each<[string, Reply]>([
    ['a list', [200, []]],
    ['no JSON', [200, '<html>']],
    ['other types', [200, { use_default: 'yes' }]],
    ['other claims', [200, { use_default: false, include_claim_keys: [1] }]],
    ['nothing', [200, 'null']],
  ])('does not believe %s', async (_, reply) => {
    const { reading } = await ask({ ...all, [at.customization]: reply });
    expect(reading.customization).toMatchObject({ kind: 'failed' });
  });

  it.each([
    [{ ...repository, id: 0 }],
    [{ ...repository, visibility: 'odd' }],
    [{ ...repository, owner: null }],
    [{ ...repository, default_branch: 7 }],
  ])('does not believe the repository %j', async (body) => {
    const { reading } = await ask({ ...all, [at.repository]: [200, body] });
    expect(reading.repository).toMatchObject({ kind: 'failed', reason: 'unexpected' });
  });

  it('says that nobody is there', async () => {
    const reading = await readSubject({
      owner: 'acme',
      repo: 'app',
      token,
      baseUrl: 'http://127.0.0.1:1',
      retryDelay: 1,
    });
    expect(reading.repository).toMatchObject({ kind: 'failed', reason: 'network' });
    expect(JSON.stringify(reading)).not.toContain(token);
  });

  it('does not wait for ever', async () => {
    const { reading } = await ask({ ...all, [at.customization]: [0, {}] }, { timeout: 200 });
    expect(reading.customization).toMatchObject({ kind: 'failed', reason: 'network' });
  });

  it('keeps a token out of messages that no header can hold', async () => {
    const { reading } = await ask(all, { token: `${token}\nx` });
    expect(reading.repository).toMatchObject({ kind: 'failed', reason: 'network' });
    expect(JSON.stringify(reading)).not.toContain(token);
  });
});
