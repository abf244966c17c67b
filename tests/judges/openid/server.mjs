// Providers of identities for the proofs. `node server.mjs RETURNS_TO` listens on two free loopback ports, prints them as one JSON
// line, and ends with its stdin.
//   certified  oidc-provider as it is published; whoever is named by login_hint signs in and agrees
//   wrong      a small issuer that gives what a certified one never would: the code FAULT.NONCE says what is wrong with the token
import { createServer } from 'node:http';
import { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

const returnsTo = process.argv[2];
const secret = 'a secret of the house: 100% of it & more';
const listening = (handler) => new Promise((ready) => {
  const server = createServer((request, answer) => handler(request, answer));
  server.listen(0, '127.0.0.1', () => ready([server, server.address().port]));
});

// The port is a part of the issuer's name, so the server is there first.
let certified = (_, answer) => answer.writeHead(503).end();
const [, port] = await listening((request, answer) => certified(request, answer));
const signing = await generateKeyPair('RS256', { extractable: true });
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'xinxiu', client_secret: secret, redirect_uris: [returnsTo], grant_types: ['authorization_code'], response_types: ['code'] }],
  jwks: { keys: [{ ...(await exportJWK(signing.privateKey)), kid: 'first', alg: 'RS256', use: 'sig' }] },
  cookies: { keys: ['only for proofs'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, email: 'road@example.invalid', email_verified: true }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
});
const callback = provider.callback();
certified = async (request, answer) => {
  if (!request.url.startsWith('/interaction/')) return callback(request, answer);
  const { params } = await provider.interactionDetails(request, answer);
  const result = params.login_hint ? { login: { accountId: params.login_hint } } : { error: 'access_denied' };
  return provider.interactionFinished(request, answer, result);
};

const [own, other] = [await generateKeyPair('ES256'), await generateKeyPair('ES256')];
const key = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'ES256', use: 'sig' };
let issuer;
async function token(fault, nonce) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: 'li', iss: issuer, aud: 'xinxiu', nonce, iat: now, exp: now + 300 };
  const signed = (changed, by = own, head = {}) => new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: 'ES256', kid: 'own', ...head }).sign(by.privateKey);
  switch (fault) {
    case 'good': return signed({});
    case 'late': return signed({ exp: now - 30 });
    case 'several': return signed({ aud: ['xinxiu', 'another'], azp: 'xinxiu' });
    case 'expired': return signed({ iat: now - 900, exp: now - 600 });
    case 'endless': return signed({ exp: undefined });
    case 'endless-text': return signed({ exp: String(now + 300) });
    case 'early': return signed({ nbf: now + 600 });
    case 'nonce': return signed({ nonce: 'of another sign-in' });
    case 'no-nonce': return signed({ nonce: undefined });
    case 'audience': return signed({ aud: 'another' });
    case 'no-audience': return signed({ aud: undefined });
    case 'party': return signed({ aud: ['xinxiu', 'another'], azp: 'another' });
    case 'no-party': return signed({ aud: ['xinxiu', 'another'] });
    case 'issuer': return signed({ iss: 'https://another.example' });
    case 'nobody': return signed({ sub: '' });
    case 'key': return signed({}, other);
    case 'unknown-key': return signed({}, other, { kid: 'other' });
    case 'none': return new UnsecuredJWT(claims).encode();
    case 'shared': return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'own' }).sign(new TextEncoder().encode(secret));
    case 'bare': return (await signed({})).split('.').slice(0, 2).join('.') + '.';
    case 'changed': {
      const [head, , end] = (await signed({})).split('.');
      return [head, Buffer.from(JSON.stringify({ ...claims, sub: 'wang' })).toString('base64url'), end].join('.');
    }
    case 'junk': return 'not.a.token';
    default: return undefined;
  }
}

let elsewhere = 0;
const [, second] = await listening(async (request, answer) => {
  const json = (value) => answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  const path = new URL(request.url, issuer).pathname;
  if (path === '/.well-known/openid-configuration') {
    return json({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` });
  }
  if (path === '/keys') return json({ keys: [{ kty: 'a kind that nobody knows', kid: 'strange' }, key] });
  if (path === '/elsewhere') return json({ followed: (elsewhere += 1) });
  if (path === '/followed') return json({ elsewhere });
  if (path !== '/token') return answer.writeHead(404).end();
  let body = '';
  for await (const chunk of request) body += chunk;
  const [fault, nonce] = new URLSearchParams(body).get('code').split('.');
  switch (fault) {
    case 'huge': return json({ id_token: 'x'.repeat(1024 * 1024) });
    case 'long': return json({ id_token: 'x'.repeat(100 * 1024) });
    case 'redirect': return answer.writeHead(307, { location: `${issuer}/elsewhere` }).end();
    case 'page': return answer.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
    case 'broken': return answer.writeHead(500).end();
    case 'grant': return answer.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
    case 'cut': return request.socket.destroy();
    default: return json({ id_token: await token(fault, nonce), token_type: 'Bearer', access_token: 'unused' });
  }
});
issuer = `http://127.0.0.1:${second}`;
process.stdin.on('end', () => process.exit(0)).resume();
console.log(JSON.stringify({ certified: port, wrong: second, secret }));
