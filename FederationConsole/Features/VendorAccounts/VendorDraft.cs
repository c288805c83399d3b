using FederationConsole.Platform;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>A vendor's set-up as it is being edited. The secret goes in and never comes out; one that is not typed stays.</summary>
/// <param name="appId">Whose vendor it is.</param>
/// <param name="from">What it is filled from; null for one not set up yet.</param>
public sealed class VendorDraft(AppId appId, VendorDetails? from)
{
    public const string TokenUrl = "tokenUrl";
    public const string UserInfoUrl = "userInfoUrl";
    public const string ClientId = "clientId";
    public const string ClientSecret = "clientSecret";

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal)
    {
        [TokenUrl] = from?.TokenUrl ?? "",
        [UserInfoUrl] = from?.UserInfoUrl ?? "",
        [ClientId] = from?.ClientId ?? "",
    };

    private readonly Dictionary<string, string> _names = new(from?.Fields ?? new Dictionary<string, string>(), StringComparer.Ordinal);
    private VendorDetails? _from = from;

    /// <summary>Texts that are shown, in the form's order.</summary>
    public static IReadOnlyList<string> Texts { get; } = [TokenUrl, UserInfoUrl, ClientId];

    public TokenMethod Method { get; set; } = from?.TokenMethod ?? TokenMethod.Post;

    public bool MobileVerified { get; set; } = from?.MobileVerified ?? false;

    public string Secret { get; set; } = "";

    public int Version => _from?.Version ?? 0;

    public bool HasSecret => _from is not null;

    public bool IsDirty =>
        Secret.Length > 0 || Method != (_from?.TokenMethod ?? TokenMethod.Post) || MobileVerified != (_from?.MobileVerified ?? false)
        || Texts.Any(name => Text(name) != TextOf(_from, name)) || !Names.OrderBy(n => n.Key, StringComparer.Ordinal).SequenceEqual((_from?.Fields ?? new Dictionary<string, string>()).OrderBy(n => n.Key, StringComparer.Ordinal));

    /// <summary>Those that differ from seed 003's.</summary>
    public IReadOnlyDictionary<string, string> Names =>
        _names.Select(n => KeyValuePair.Create(n.Key, n.Value.Trim())).Where(n => n.Value.Length > 0 && n.Value != n.Key).ToDictionary();

    public string Text(string name) => _texts[name];

    public void SetText(string name, string? text) => _texts[name] = text ?? "";

    /// <summary>The vendor's name for a field; empty: seed 003's.</summary>
    public string Name(string field) => _names.GetValueOrDefault(field, "");

    public void SetName(string field, string? name) => _names[field] = name ?? "";

    /// <summary>What the service would say to it; a secret that is set already counts as given.</summary>
    public Fault? Check() => VendorRules.Check(ToEdit(), HasSecret ? Platform.Secret.Mask : Secret);

    /// <summary>To be saved over somebody else's, who has been read.</summary>
    public void PutOver(VendorDetails? theirs) => _from = theirs;

    public VendorEdit ToEdit() => new(
        appId, Text(TokenUrl).Trim(), Text(UserInfoUrl).Trim(), Text(ClientId).Trim(), Secret.Length == 0 ? null : Secret, Method, Names, MobileVerified, Version);

    /// <summary>What stands saved once this has been; whether it is verified, the list being read anew will tell.</summary>
    public VendorDraft Saved()
    {
        var edit = ToEdit();
        return new(appId, new(
            appId, _from?.Enabled ?? true, edit.TokenUrl, edit.UserInfoUrl, edit.ClientId, edit.TokenMethod, edit.Fields, edit.MobileVerified, null, IsVerified: false, Version + 1));
    }

    public static string TextOf(VendorDetails? vendor, string name) => vendor is null ? "" : name switch
    {
        TokenUrl => vendor.TokenUrl,
        UserInfoUrl => vendor.UserInfoUrl,
        ClientId => vendor.ClientId,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
