using FederationConsole.Features.QrLogin;

namespace FederationConsole.Faces.Scan;

/// <summary>A code and what becomes of it, as <c>/js/scan.js</c> keeps it true: the app's page and the console's own.</summary>
/// <param name="AppName">Who asks.</param>
/// <param name="OwnOrigin">Where the caller reached us.</param>
/// <param name="Embedder">The one origin that is told; null for a page that stands alone.</param>
internal sealed record QrCodeView(IssuedTicket Issued, string AppName, string OwnOrigin, string? Embedder, bool IsDevelopment)
{
    /// <summary>Sent by the page itself once it is confirmed, with the code in it; none: the page goes on or tells its embedder.</summary>
    public Markup Form { get; init; } = Markup.None;

    /// <summary>Above the code.</summary>
    public Markup Note { get; init; } = Markup.None;

    /// <summary>Below everything.</summary>
    public Markup Foot { get; init; } = Markup.None;

    public Markup Html()
    {
        var address = $"{OwnOrigin}/m/scan/{Issued.Keys.Ticket}";
        return Markup.Of($"""
            <main id="scan" class="scan" data-ticket="{Issued.Keys.Ticket}" data-secret="{Issued.Keys.Secret}" data-refreshes="{Issued.Refreshes}" data-origin="{Embedder}">
            <h1>{ScanTexts.Get("Page.Title")}</h1>
            <p class="app">{AppName}</p>
            {Note}
            <div class="code">
            {QrPicture.Draw(address, ScanTexts.Get("Page.Code"))}
            <div class="cover" data-when="102" hidden>
            <svg class="avatar" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="8.5" r="4.5"/><path d="M2 25c0-6 4.5-9 10-9s10 3 10 9z"/></svg>
            <img class="avatar" alt="" referrerpolicy="no-referrer" hidden>
            <b class="name"></b>
            <p class="pick" hidden>{ScanTexts.Get("Page.Pick")}</p>
            <output class="number" hidden></output>
            </div>
            <div class="cover" data-when="1" hidden><svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12.5l4.5 4.5L19 7.5"/></svg></div>
            <div class="cover" data-when="103" hidden><svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18"/></svg><button type="button" class="again">{ScanTexts.Get("Page.Again")}</button></div>
            <div class="cover faint" data-when="104" hidden><button type="button" class="again">{ScanTexts.Get("Page.Refresh")}</button></div>
            </div>
            <p id="status" class="status" role="status" aria-live="polite" data-101="{ScanTexts.Get("Page.101")}" data-102="{ScanTexts.Get("Page.102")}" data-1="{ScanTexts.Get("Page.1")}" data-103="{ScanTexts.Get("Page.103")}" data-104="{ScanTexts.Get("Page.104")}" data-away="{ScanTexts.Get("Page.Away")}" data-failed="{ScanTexts.Get("Page.Failed")}">{ScanTexts.Get("Page.101")}</p>
            <p class="here{(IsDevelopment ? " always" : "")}"><a href="/m/scan/{Issued.Keys.Ticket}" target="_blank" rel="noopener">{ScanTexts.Get(IsDevelopment ? "Page.HereInDevelopment" : "Page.Here")}</a></p>
            {Form}
            <noscript><p class="alarm">{ScanTexts.Get("Page.NoScript")}</p></noscript>
            {Foot}
            </main>
            """);
    }
}
