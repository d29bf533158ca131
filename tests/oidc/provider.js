// A real provider of OpenID Connect on this machine, which knows everybody by the name they type and asks no password
// that matters. What it signs can be put in another's words before it leaves.

import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { decodeJwt, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import Provider from 'oidc-provider';

export const CLIENT = 'jinzhi';
export const SECRET = 'a-secret-of-the-site-and-its-provider';

function key() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
}

// `site` is the address of the one site it serves, `port` its own.
export async function open(port, site) {
  const [own, stolen] = [key(), key()];
  // By another name of this machine than the site's: for a browser they are two sites.
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: CLIENT,
      client_secret: SECRET,
      redirect_uris: [`${site}/login/oidc/callback`],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    }],
    pkce: { methods: ['S256'], required: () => true },
    jwks: { keys: [own] },
    cookies: { keys: ['of a test'] },
    conformIdTokenClaims: false,
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id }) }),
    // The site is its own: nobody is asked whether it may know their name.
    async loadExistingGrant(context) {
      const { client, session } = context.oidc;
      const grant = new context.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  const opened = { issuer, forge: undefined };
  provider.use(async (context, next) => {
    await next();
    if (context.oidc?.route === 'token' && context.body?.id_token && opened.forge) {
      context.body.id_token = await opened.forge(decodeJwt(context.body.id_token));
    }
  });
  const server = createServer(provider.callback());
  await new Promise((resolve) => { server.listen(port, 'localhost', resolve); });
  opened.close = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections?.();
  });
  const signed = (by, claims) => importJWK(by, 'RS256').then((by) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(by));
  opened.sign = (claims) => signed(own, claims);
  opened.signStolen = (claims) => signed(stolen, claims);
  opened.signShared = (claims) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(SECRET));
  opened.unsigned = (claims) => new UnsecuredJWT(claims).encode();
  return opened;
}
