using FederationConsole.Features.Projects;

namespace FederationConsole.Features.Workbench;

/// <summary>What the documents' examples say of an app by variables.</summary>
public static class AppVariables
{
    /// <summary>Kept as a hash alone: whoever calls has to know it.</summary>
    public const string Secret = "app_secret";

    /// <summary>Empty where the app has none (a return address, a redirect address).</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(AppEntry app)
    {
        var back = app.Environment.ReturnUrls is [var first, ..] ? first : "";
        return
        [
            new("corp_id", app.Environment.CorpId), new("app_key", app.AppKey), new("return_url", back),
            new("return_origin", Uri.TryCreate(back, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : ""),
            new("redirect_uri", app.RedirectUris is [var callback, ..] ? callback : ""),
        ];
    }
}
