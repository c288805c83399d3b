namespace FederationConsole.Features.Verifications;

/// <summary>Marks VerificationTexts.resx (Chinese) and VerificationTexts.en.resx: the question that stands in for a captcha's picture.</summary>
public sealed class VerificationTexts;
