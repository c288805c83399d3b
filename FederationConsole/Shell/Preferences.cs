using Microsoft.AspNetCore.Localization;

namespace FederationConsole.Shell;

/// <summary>What a browser remembers of its user's taste. console.js writes the cookies; the page is served right at once, without a flash.</summary>
/// <param name="Theme"><c>light</c>, <c>dark</c>, or null: as the system has it.</param>
/// <param name="FoldedNavigation">Whether the navigation is folded to its icons.</param>
public sealed record Preferences(string? Theme, bool FoldedNavigation)
{
    public static Preferences Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(
            request.Cookies["console-theme"] is "light" or "dark" ? request.Cookies["console-theme"] : null,
            request.Cookies["console-nav"] == "folded");
    }

    /// <summary>Which system or choice a theme's style sheet is for, as a media query.</summary>
    public string Media(string theme) =>
        Theme is null ? $"(prefers-color-scheme: {theme})" : Theme == theme ? "all" : "not all";

    /// <summary>Chinese unless the cookie says English: the browser's language does not decide (console.md, Chinese first).</summary>
    public static RequestLocalizationOptions Languages { get; } = new RequestLocalizationOptions
    {
        RequestCultureProviders = [new CookieRequestCultureProvider()],
    }.SetDefaultCulture("zh-CN").AddSupportedCultures("zh-CN", "en").AddSupportedUICultures("zh-CN", "en");
}
