namespace FederationConsole.Features.Workbench;

/// <summary>Names the resources of 调试台.</summary>
public sealed class WorkbenchTexts;
