namespace FederationConsole.Features.Traces;

/// <summary>Marks TraceTexts.resx (Chinese) and TraceTexts.en.resx. Sources stand there by their number as <c>Source_10</c>.</summary>
public sealed class TraceTexts;
