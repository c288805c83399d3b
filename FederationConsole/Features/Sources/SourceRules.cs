using FederationConsole.Platform;

namespace FederationConsole.Features.Sources;

/// <summary>What proves that a token was issued to our app, and not to somebody else's.</summary>
public enum AudienceProof
{
    /// <summary>The third party says so, or a code is exchanged with our secret.</summary>
    Always,
    /// <summary>A token proves nothing; a code, exchanged with our secret, does.</summary>
    ByCode,
    /// <summary>The third party has no way to say it.</summary>
    Never,
}

/// <summary>What one source needs to be set up, by the project file's names.</summary>
/// <param name="Settings">Must be there and are shown.</param>
/// <param name="Secrets">Must be there and are never shown again.</param>
/// <param name="Optional">May be there. <see cref="SourceRules.Mode"/> among them: the third party takes tokens and codes.</param>
/// <param name="ByApp">One an app (its key is <c>pluginId</c>).</param>
/// <param name="Audience">What keeps another app's tokens out.</param>
public sealed record SourceForm(
    IReadOnlyList<string> Settings, IReadOnlyList<string> Secrets, IReadOnlyList<string> Optional, bool ByApp = false, AudienceProof Audience = AudienceProof.Always)
{
    /// <summary>Whether, set up like this, another app's token is told from one of ours. Where it is not, the console says so beside the switch.</summary>
    public bool ProvesAudience(IReadOnlyDictionary<string, string> settings) => Audience switch
    {
        AudienceProof.Always => true,
        AudienceProof.ByCode => settings.GetValueOrDefault(SourceRules.Mode) == SourceRules.CodeMode,
        AudienceProof.Never => false,
    };
}

/// <summary>The forms of all sources, and the check that a setup fits its form.</summary>
public static class SourceRules
{
    public const int MaxValue = 8192;

    /// <summary>The setting that says what clients send as access_token; absent means <see cref="TokenMode"/>.</summary>
    public const string Mode = "mode";

    public const string TokenMode = "token";

    /// <summary>An authorization code, exchanged with our secret.</summary>
    public const string CodeMode = "code";

    public static readonly IReadOnlyDictionary<SourceKind, SourceForm> Forms = new Dictionary<SourceKind, SourceForm>
    {
        [SourceKind.WeChat] = new(["appId"], ["appSecret"], [Mode, "apiBase"], Audience: AudienceProof.ByCode),
        [SourceKind.QQ] = new(["appId"], ["appSecret"], [Mode, "redirectUri", "apiBase"]),
        [SourceKind.Weibo] = new(["appId"], ["appSecret"], [Mode, "redirectUri", "apiBase"]),
        [SourceKind.Facebook] = new(["appId"], ["appSecret"], ["apiBase"]),
        [SourceKind.Twitter] = new(["appId"], ["appSecret"], ["apiBase"], Audience: AudienceProof.Never),
        [SourceKind.Alipay] = new(["appId", "alipayPublicKey"], ["privateKey"], ["apiBase"]),
        [SourceKind.Standard] = new(["url"], ["token"], ["userInfoUrl"]),
        [SourceKind.Apple] = new(["clientId", "teamId", "keyId"], ["privateKey"], ["redirectUri", "apiBase"], ByApp: true),
        [SourceKind.Google] = new(["clientId"], ["clientSecret"], ["redirectUri", "apiBase"], ByApp: true),
    };

    /// <summary>Those of which each app has its own, found by <c>plugin_id</c>; false for what is no source.</summary>
    public static bool IsByApp(SourceKind source) => Forms.TryGetValue(source, out var form) && form.ByApp;

    /// <summary>Characters of what identities are kept under beside the open id.</summary>
    private static readonly Dictionary<string, int> Lengths = new() { ["appId"] = 64, ["teamId"] = 32 };

    /// <summary>Settings that are addresses, or a path of this host.</summary>
    internal static readonly HashSet<string> Addresses = ["url", "userInfoUrl", "apiBase"];

    public static Fault? Check(SourceKind source, IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string> secrets)
    {
        if (!Forms.TryGetValue(source, out var form))
        {
            return FaultKind.UnknownSource;
        }

        var missing = form.Settings.Where(name => string.IsNullOrWhiteSpace(settings.GetValueOrDefault(name)))
            .Concat(form.Secrets.Where(name => string.IsNullOrEmpty(secrets.GetValueOrDefault(name))));
        var wrong = settings.Where(s => s.Value.Length > Lengths.GetValueOrDefault(s.Key, MaxValue) || s.Value.Any(char.IsControl)
            || (Addresses.Contains(s.Key) && !IsAddress(s.Value) && !IsOwn(s.Value)) || (s.Key == Mode && s.Value is not ("" or TokenMode or CodeMode)));
        return missing.Select(name => new Fault(FaultKind.Missing, name)).FirstOrDefault()
            ?? wrong.Select(s => new Fault(FaultKind.Invalid, s.Key)).FirstOrDefault();
    }

    /// <summary>A path of this host: the sandbox, wherever it listens. Outside Development it is refused when called, as every inner address is.</summary>
    public static bool IsOwn(string address) =>
        address is ['/', not ('/' or '\\'), ..] && !address.Contains('#', StringComparison.Ordinal) && Uri.IsWellFormedUriString(address, UriKind.Relative);

    /// <summary>Absolute http or https without user info or fragment; empty means not set. Where it leads is checked when it is called.</summary>
    public static bool IsAddress(string text) =>
        text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0);
}
