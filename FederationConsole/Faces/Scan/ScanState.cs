using System.Diagnostics;
using System.Text.Json.Serialization;
using FederationConsole.Features.QrLogin;

namespace FederationConsole.Faces.Scan;

/// <summary>
/// What a waiting page is told, by the hub and by the long poll (faces.md, Scan). The names stand here because the hub's JSON is
/// not the face's.
/// </summary>
/// <param name="Code">101 waiting, 102 scanned, 103 cancelled, 104 expired, 1 confirmed.</param>
/// <param name="Number">To be picked on the phone, where numbers are matched.</param>
/// <param name="Redirect">Where the page goes, the auth_code in it.</param>
/// <param name="Name">Of who scanned, masked.</param>
public sealed record ScanState(
    [property: JsonPropertyName("code")] int Code,
    [property: JsonPropertyName("number"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Number = null,
    [property: JsonPropertyName("auth_code"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AuthCode = null,
    [property: JsonPropertyName("redirect"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Redirect = null,
    [property: JsonPropertyName("name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name = null,
    [property: JsonPropertyName("avatar"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Avatar = null)
{
    public const int Waiting = 101;
    public const int Scanned = 102;
    public const int Cancelled = 103;
    public const int Expired = 104;
    public const int Confirmed = 1;

    /// <param name="authCode">Handed out once it is confirmed, to whoever has the page's secret.</param>
    public static ScanState Of(TicketState state, string authCode) => state switch
    {
        TicketState.Waiting => new(Waiting),
        TicketState.Scanned scanned => new(Scanned, scanned.Number is { } number ? TwoDigits(number) : null, Name: scanned.Name, Avatar: scanned.Avatar),
        TicketState.Confirmed confirmed => new(Confirmed, AuthCode: authCode, Redirect: Target(confirmed, authCode)),
        TicketState.Cancelled => new(Cancelled),
        TicketState.Expired => new(Expired),
        _ => throw new UnreachableException(),
    };

    public static string TwoDigits(int number) => number.ToString("D2", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Seed 004: <c>redirect_uri?auth_code=@auth_code</c>; a query of its own is kept.</summary>
    private static string? Target(TicketState.Confirmed confirmed, string authCode) => confirmed.RedirectUri is not { } uri ? null : string.Concat(
        uri, uri.Contains('?', StringComparison.Ordinal) ? "&" : "?", "auth_code=", authCode,
        confirmed.State is { } state ? "&state=" + Uri.EscapeDataString(state) : "");
}
