//! The HTTP edge: one route table, one file per page, one form for all acts. Whole without scripts.
//!
//! A page loads through `app`, draws a template, and redirects after every act. Deliberately unknown here: SQL, what
//! an act needs, who may do or read what; `app` answers all three.

pub mod desk;
pub mod error;
pub mod extract;
pub mod form;
pub mod frame;
mod limit;
pub mod load;
pub mod map;
#[cfg(feature = "oidc")]
pub mod oidc;
pub mod origin;
mod packed;
pub mod pages;
pub mod read;
pub mod router;
pub mod upload;
pub mod values;
pub mod words;

use app::App;
use std::net::IpAddr;
use std::sync::Arc;

/// What every handler is given.
#[derive(Clone)]
pub struct Web {
    /// The use cases.
    pub app: App,
    /// The phone for help, as the site set it; may be empty.
    pub phone: Arc<str>,
    /// The reverse proxies that are believed about addresses.
    pub proxies: Arc<[IpAddr]>,
    /// How fast each is answered; `None` is as fast as can be.
    pub limits: Option<Arc<limit::Limits>>,
    /// The provider at which one may log in, where the site has one.
    #[cfg(feature = "oidc")]
    pub oidc: Option<Arc<oidc::Provider>>,
}

impl Web {
    /// The edge of a site.
    pub fn new(app: App, phone: &str) -> Web {
        Web {
            app,
            phone: phone.into(),
            proxies: Arc::new([]),
            limits: Some(Arc::default()),
            #[cfg(feature = "oidc")]
            oidc: None,
        }
    }

    /// However often it is asked: for measurements.
    pub fn unlimited(mut self) -> Web {
        self.limits = None;
        self
    }

    /// Behind reverse proxies at these addresses.
    pub fn behind(mut self, proxies: &[IpAddr]) -> Web {
        self.proxies = proxies.into();
        self
    }

    /// With a provider at which one may log in, too.
    #[cfg(feature = "oidc")]
    pub fn trusting(mut self, provider: Option<oidc::Provider>) -> Web {
        self.oidc = provider.map(Arc::new);
        self
    }
}

pub use router::router;
