//! The provider at which one may log in (OpenID Connect: authorization code with PKCE), as the site trusts it.
//!
//! Its addresses and keys are asked anew at every login, so that none grow old here, and a site starts while it is away.
//! Keys, issuer, audience, nonce and end of what it says are `openidconnect`'s to check; whose account a name is,
//! `app`'s. Every call blocks, for ten seconds at most.

use base::Timestamp;
use casefile::Refusal;
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
};
use rustls::crypto::ring;
use std::fmt::Display;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

/// How long one question to the provider may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most bytes of one answer.
const ANSWER_BYTES: u64 = 1024 * 1024;
/// How it may sign: by a key of its own, never by a secret it shares with the site.
const SIGNED_BY: [CoreJwsSigningAlgorithm; 4] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// The provider, and what the site is to it.
pub struct Provider {
    issuer: IssuerUrl,
    client: ClientId,
    secret: Option<ClientSecret>,
    back: RedirectUrl,
    claim: String,
    agent: Agent,
}

/// Where the site is, and as what the provider knows it.
pub struct Terms<'a> {
    /// The provider's own address.
    pub issuer: &'a str,
    /// The site's name there.
    pub client: &'a str,
    /// The site's secret there; without one PKCE alone binds the code to its request.
    pub secret: Option<String>,
    /// The address of the site as browsers see it.
    pub site: &'a str,
    /// Which claim holds the login name.
    pub claim: &'a str,
}

/// What one login must find again when it comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trip {
    /// Comes back in the address.
    pub state: String,
    /// Comes back in what the provider signs.
    pub nonce: String,
    /// Proves to the provider that who asks for the token is who asked for the code.
    pub verifier: String,
}

impl Provider {
    /// A provider on those terms.
    ///
    /// # Errors
    /// The address that cannot be taken: neither `https://` nor on this machine.
    pub fn new(terms: Terms<'_>) -> Result<Provider, String> {
        let issuer = IssuerUrl::new(terms.issuer.into()).map_err(|_| terms.issuer.to_owned())?;
        let site = terms.site.trim_end_matches('/');
        let back = RedirectUrl::new(format!("{site}/login/oidc/callback")).map_err(|_| terms.site.to_owned())?;
        let here = matches!(issuer.url().host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        let guarded = issuer.url().scheme() == "https";
        if !guarded && !(here && issuer.url().scheme() == "http") {
            return Err(terms.issuer.into());
        }
        if !["http", "https"].contains(&back.url().scheme()) {
            return Err(terms.site.into());
        }
        let tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .https_only(guarded)
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build()
            .into();
        Ok(Provider {
            issuer,
            client: ClientId::new(terms.client.into()),
            secret: terms.secret.map(ClientSecret::new),
            back,
            claim: terms.claim.into(),
            agent,
        })
    }

    /// Its address.
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Whether browsers come to the site by https alone.
    pub fn secure(&self) -> bool {
        self.back.url().scheme() == "https"
    }

    /// Where the browser is sent to log in.
    ///
    /// # Errors
    /// The provider is away.
    pub fn way_out(&self, trip: &Trip) -> Result<String, Refusal> {
        let client = CoreClient::from_provider_metadata(self.metadata()?, self.client.clone(), self.secret.clone())
            .set_redirect_uri(self.back.clone());
        let (state, nonce) = (CsrfToken::new(trip.state.clone()), Nonce::new(trip.nonce.clone()));
        let verifier = PkceCodeVerifier::new(trip.verifier.clone());
        let (url, ..) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || state, || nonce)
            .add_scope(Scope::new("profile".into()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url.into())
    }

    /// The login name for which the provider gives its word, for the code that came back.
    ///
    /// # Errors
    /// The provider is away; it does not stand by the code, or what it says does not hold.
    pub fn vouched(&self, code: &str, trip: &Trip, now: Timestamp) -> Result<String, Refusal> {
        let client = CoreClient::from_provider_metadata(self.metadata()?, self.client.clone(), self.secret.clone())
            .set_redirect_uri(self.back.clone());
        let answer = client
            .exchange_code(AuthorizationCode::new(code.into()))
            .map_err(|cause| denied(&cause))?
            .set_pkce_verifier(PkceCodeVerifier::new(trip.verifier.clone()))
            .request(&|request| self.ask(request))
            .map_err(|cause| denied(&cause))?;
        let token = answer.id_token().ok_or_else(|| denied(&"no ID token"))?;
        let now = SystemTime::UNIX_EPOCH + Duration::from_micros(now.0.try_into().unwrap_or_default());
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(SIGNED_BY)
            .set_time_fn(move || now.into());
        let claims = token
            .claims(&verifier, &Nonce::new(trip.nonce.clone()))
            .map_err(|cause| denied(&cause))?;
        let claims = serde_json::to_value(claims).map_err(|cause| denied(&cause))?;
        let name = claims.get(&self.claim).and_then(|name| name.as_str());
        name.map(str::to_owned).ok_or_else(|| denied(&"no such claim"))
    }

    /// What the provider says of itself, with its keys.
    fn metadata(&self) -> Result<CoreProviderMetadata, Refusal> {
        CoreProviderMetadata::discover(&self.issuer, &|request| self.ask(request)).map_err(|cause| {
            tracing::warn!(%cause, "the provider of logins is away");
            Refusal::not_yet(
                "oidc-away",
                "现在连不上统一身份认证。",
                "请过一会儿再试，或者用本系统的账号和密码登录。",
                "",
            )
        })
    }

    fn ask(&self, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
        let (parts, mut body) = self.agent.run(request)?.into_parts();
        let bytes = body.with_config().limit(ANSWER_BYTES).read_to_vec()?;
        Ok(HttpResponse::from_parts(parts, bytes))
    }
}

/// What the provider does not stand by. Why goes to the log, without names.
fn denied(cause: &dyn Display) -> Refusal {
    tracing::warn!(%cause, "a login at the provider did not hold");
    refused()
}

/// The provider has not let somebody through.
pub fn refused() -> Refusal {
    Refusal::not_you(
        "oidc-refused",
        "统一身份认证没有通过。",
        "请再试一次，或者用本系统的账号和密码登录。",
        "",
    )
}
