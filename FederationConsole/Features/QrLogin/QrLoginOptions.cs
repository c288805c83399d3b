using System.ComponentModel.DataAnnotations;

namespace FederationConsole.Features.QrLogin;

/// <summary>Section <c>QrLogin</c>.</summary>
public sealed class QrLoginOptions
{
    public const string Section = "QrLogin";

    /// <summary>Codes that one address may be shown in a minute. High enough for an office, or a proxy, behind one address.</summary>
    [Range(10, 10_000_000, ErrorMessage = Section + ":CodesPerAddressAndMinute is from 10 to 10000000.")]
    public int CodesPerAddressAndMinute { get; set; } = 3000;

    /// <summary>
    /// The header in which a proxy in front says where the caller is (city, province). Set it only where the proxy writes it
    /// itself: it is believed. Empty: the phone is shown the address.
    /// </summary>
    [RegularExpression("^[A-Za-z0-9-]{0,64}$", ErrorMessage = Section + ":PlaceHeader is a header's name.")]
    public string PlaceHeader { get; set; } = "";

    /// <summary>The app that <c>/demo/login/index</c> plays; empty: there is no demo. Counts in Development alone.</summary>
    public string DemoAppKey { get; set; } = "";

    /// <summary>Its secret, which the seed publishes.</summary>
    public string DemoAppSecret { get; set; } = "";
}
