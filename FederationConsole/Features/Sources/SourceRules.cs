using FederationConsole.Platform;

namespace FederationConsole.Features.Sources;

/// <summary>What one source needs to be set up, by the project file's names.</summary>
/// <param name="Settings">Must be there and are shown.</param>
/// <param name="Secrets">Must be there and are never shown again.</param>
/// <param name="Optional">May be there.</param>
/// <param name="ByApp">One an app (its key is <c>pluginId</c>).</param>
public sealed record SourceForm(IReadOnlyList<string> Settings, IReadOnlyList<string> Secrets, IReadOnlyList<string> Optional, bool ByApp = false);

/// <summary>The forms of all sources, and the check that a setup fits its form.</summary>
public static class SourceRules
{
    public const int MaxValue = 8192;

    public static readonly IReadOnlyDictionary<SourceKind, SourceForm> Forms = new Dictionary<SourceKind, SourceForm>
    {
        [SourceKind.WeChat] = new(["appId"], ["appSecret"], ["apiBase"]),
        [SourceKind.QQ] = new(["appId"], ["appSecret"], ["apiBase"]),
        [SourceKind.Weibo] = new(["appId"], ["appSecret"], ["apiBase"]),
        [SourceKind.Facebook] = new(["appId"], ["appSecret"], ["apiBase"]),
        [SourceKind.Twitter] = new(["appId"], ["appSecret"], ["apiBase"]),
        [SourceKind.Alipay] = new(["appId"], ["privateKey"], ["apiBase"]),
        [SourceKind.Standard] = new(["url"], ["token"], ["userInfoUrl"]),
        [SourceKind.Apple] = new(["clientId", "teamId", "keyId"], ["privateKey"], ["apiBase"], ByApp: true),
        [SourceKind.Google] = new(["clientId"], ["clientSecret"], ["apiBase"], ByApp: true),
    };

    private static readonly HashSet<string> Addresses = ["url", "userInfoUrl", "apiBase"];

    public static Fault? Check(SourceKind source, IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string> secrets)
    {
        if (!Forms.TryGetValue(source, out var form))
        {
            return FaultKind.UnknownSource;
        }

        var missing = form.Settings.Where(name => string.IsNullOrWhiteSpace(settings.GetValueOrDefault(name)))
            .Concat(form.Secrets.Where(name => string.IsNullOrEmpty(secrets.GetValueOrDefault(name))));
        var wrong = settings.Where(s => s.Value.Length > MaxValue || s.Value.Any(char.IsControl) || (Addresses.Contains(s.Key) && !IsAddress(s.Value)));
        return missing.Select(name => new Fault(FaultKind.Missing, name)).FirstOrDefault()
            ?? wrong.Select(s => new Fault(FaultKind.Invalid, s.Key)).FirstOrDefault();
    }

    /// <summary>Absolute http or https without user info or fragment; empty means not set. Where it leads is checked when it is called.</summary>
    public static bool IsAddress(string text) =>
        text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0);
}
