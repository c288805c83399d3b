using System.ComponentModel.DataAnnotations;

namespace FederationConsole.Features.Verifications;

/// <summary>What one caller's address may ask for, over all environments. Section <c>Verification</c>.</summary>
public sealed class VerificationOptions
{
    public const string Section = "Verification";

    /// <summary>Codes an address and hour at most. High enough for an office or a mobile carrier behind one address.</summary>
    [Range(1, 1_000_000, ErrorMessage = Section + ":CodesPerAddressAndHour is from 1 to 1000000.")]
    public int CodesPerAddressAndHour { get; set; } = 100;

    /// <summary>Captchas an address and hour at most.</summary>
    [Range(1, 1_000_000, ErrorMessage = Section + ":CaptchasPerAddressAndHour is from 1 to 1000000.")]
    public int CaptchasPerAddressAndHour { get; set; } = 300;
}
