namespace FederationConsole.Features.JointLogin;

/// <summary>Marks JointTexts.resx (Chinese) and JointTexts.en.resx.</summary>
public sealed class JointTexts;
