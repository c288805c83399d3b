namespace FederationConsole.Features.Overview;

/// <summary>Marks OverviewTexts.resx (Chinese) and OverviewTexts.en.resx.</summary>
public sealed class OverviewTexts;
