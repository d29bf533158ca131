//! `jinzhi serve`: the site behind its pages, until it is told to stop.

use crate::Failed;
use crate::arguments::Serve;
use crate::site;
use crate::system::SystemClock;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// How often what the calendar brings about is looked for.
const TICK: Duration = Duration::from_secs(600);
/// How often acts committed since are indexed for searching.
const INDEX: Duration = Duration::from_secs(2);

/// Serves until interrupted.
pub fn serve(options: &Serve) -> Result<(), Failed> {
    log();
    site::run(async {
        let fonts = site::font_folders(options.fonts.as_deref());
        #[cfg(feature = "oidc")]
        let provider = crate::oidc::provider(&options.oidc)?;
        let app = site::open(&options.place, Arc::new(SystemClock), &fonts).await?;
        let listener = listen(options.listen).await?;
        say!("已启动：http://{}", options.listen);
        let web = web::Web::new(app, &options.phone).behind(&options.proxies);
        #[cfg(feature = "oidc")]
        let web = web.trusting(provider);
        pages(web, listener).await
    })
}

/// Binds the address.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, Failed> {
    TcpListener::bind(address).await.map_err(|e| {
        Failed::use_(format!(
            "不能在 {address} 监听：{e}。请换一个地址，例如 --listen 127.0.0.1:8081。"
        ))
    })
}

/// Serves pages and does what the calendar brings about, until interrupted or told to end.
pub async fn pages(web: web::Web, listener: TcpListener) -> Result<(), Failed> {
    let app = web.app.clone();
    let ticking = tokio::spawn({
        let app = app.clone();
        async move {
            loop {
                if let Err(error) = app.tick().await {
                    tracing::error!(%error, "tick");
                }
                tokio::time::sleep(TICK).await;
            }
        }
    });
    let indexing = tokio::spawn({
        async move {
            loop {
                if let Err(error) = app.index_pending().await {
                    tracing::error!(%error, "index");
                }
                tokio::time::sleep(INDEX).await;
            }
        }
    });
    let router = web::router(web).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, router)
        .with_graceful_shutdown(told_to_end())
        .await;
    ticking.abort();
    indexing.abort();
    served.map_err(Failed::no)
}

async fn told_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        let _ = interrupt.await;
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}

/// Logs to standard error.
pub fn log() {
    let _ = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_target(false)
        .try_init();
}
