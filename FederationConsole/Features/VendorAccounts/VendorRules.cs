using FederationConsole.Features.Sources;
using FederationConsole.Platform;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>What a set-up may be. Faults name the field as the project file does; a renamed field as <c>fields.openid</c>.</summary>
public static class VendorRules
{
    public const int MaxAddress = 2048;
    public const int MaxClientId = 128;
    public const int MaxSecret = 512;
    public const int MaxFieldName = 64;

    /// <summary>Characters of the vendor's id of a person; a longer one cannot be kept.</summary>
    public const int MaxOpenId = 128;

    /// <summary>Characters of the vendor's codes and tokens.</summary>
    public const int MaxToken = 4096;

    public const string FieldPrefix = "fields.";

    /// <param name="secret">What would be in place after the save; empty: none.</param>
    public static Fault? Check(VendorEdit edit, string secret) =>
        Text("tokenUrl", edit.TokenUrl, MaxAddress, IsAddress)
        ?? Text("userInfoUrl", edit.UserInfoUrl, MaxAddress, IsAddress)
        ?? Text("clientId", edit.ClientId, MaxClientId, _ => true)
        ?? Text("clientSecret", secret, MaxSecret, _ => true)
        ?? CheckFields(edit.Fields);

    /// <summary>Absolute http or https without user info or fragment, or a path of this host.</summary>
    public static bool IsAddress(string text) => text.Length > 0 && (SourceRules.IsAddress(text) || SourceRules.IsOwn(text));

    /// <summary>Names of at most <see cref="MaxFieldName"/> characters, and no two alike among those that travel together.</summary>
    public static Fault? CheckFields(IReadOnlyDictionary<string, string> fields)
    {
        if (fields.FirstOrDefault(f => !VendorField.All.Contains(f.Key) || f.Value.Length is 0 or > MaxFieldName || f.Value.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))).Key is { } wrong)
        {
            return new(FaultKind.Invalid, FieldPrefix + wrong);
        }

        foreach (var together in VendorField.Together)
        {
            var twice = together.GroupBy(name => fields.GetValueOrDefault(name, name), StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
            if (twice is not null)
            {
                return new(FaultKind.Taken, FieldPrefix + twice.First(fields.ContainsKey));
            }
        }

        return null;
    }

    private static Fault? Text(string field, string value, int max, Func<string, bool> fits) =>
        string.IsNullOrWhiteSpace(value) ? new(FaultKind.Missing, field)
        : value.Length > max || value.Any(char.IsControl) || !fits(value) ? new Fault(FaultKind.Invalid, field)
        : null;
}
