using System.Diagnostics;
using System.Globalization;
using System.Resources;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>What a caller is told of a vendor: seed 003's code as it is, all else under 110000 (faces.md, VendorAccount).</summary>
internal static class VendorFaults
{
    /// <param name="traceId">The call's, told where the vendor could not be asked; null where the caller adds it.</param>
    public static Fault Of(VendorNo no, string? traceId) => no switch
    {
        VendorNo.Refused { Code: var code } when VendorCodes.IsKnown(code) => new(FaultKind.ThirdPartyFailed, null, VendorFaultTexts.Code(code)) { Code = code },
        VendorNo.Refused refused => new(FaultKind.ThirdPartyFailed, null, VendorFaultTexts.Other(refused.Code, refused.Message)) { Code = VendorCodes.General },
        VendorNo.NotAsked { Failure: { } failure } => NotAsked(VendorFaultTexts.Failure(failure.ToString()), traceId),
        VendorNo.NotAsked { Lapse: { } lapse, Detail: var detail } => NotAsked(VendorFaultTexts.Lapse(lapse, detail), traceId),
        _ => throw new UnreachableException(),
    };

    public static Fault NotSetUp(VendorEntry? vendor) =>
        new(FaultKind.SourceNotSetUp, null, vendor is null ? VendorFaultTexts.NotSetUp : VendorFaultTexts.SwitchedOff) { Code = VendorCodes.General };

    /// <summary>The same for 登录追踪.</summary>
    public static Verification Trace(VendorNo no) => no switch
    {
        VendorNo.Refused(var code, var message) => new Verification.Refused(code, message),
        VendorNo.NotAsked(var failure, var lapse, var detail) => new Verification.NotAsked(failure, lapse is { } wrong ? VendorFaultTexts.Lapse(wrong, detail) : detail),
        _ => throw new UnreachableException(),
    };

    private static Fault NotAsked(string message, string? traceId) =>
        new(FaultKind.ThirdPartyFailed, null, message) { Code = VendorCodes.General, RequestId = traceId };
}

/// <summary>What is said to a face's caller about a vendor, in the language of the current UI culture.</summary>
public sealed class VendorFaultTexts
{
    private static readonly ResourceManager Texts = new(typeof(VendorFaultTexts));

    private VendorFaultTexts()
    {
    }

    internal static string NotSetUp => Text(nameof(NotSetUp));

    internal static string SwitchedOff => Text(nameof(SwitchedOff));

    /// <summary>Seed 003's words for its codes.</summary>
    internal static string Code(string code) => Text($"Code_{code}");

    /// <summary>A code that stands in no row of the table, and the vendor's words.</summary>
    internal static string Other(string code, string? message) =>
        string.Format(CultureInfo.InvariantCulture, Text(nameof(Other)), message is null ? code : $"{code} {message}");

    internal static string Failure(string failure) => Text($"Failure_{failure}");

    internal static string Lapse(VendorLapse lapse, string detail) => string.Format(CultureInfo.InvariantCulture, Text($"Lapse_{lapse}"), detail);

    private static string Text(string name) => Texts.GetString(name, CultureInfo.CurrentUICulture)!;
}
