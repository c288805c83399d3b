namespace FederationConsole.Features.ProjectFiles;

/// <summary>Marks this feature's texts (ProjectFileTexts*.resx).</summary>
public sealed class ProjectFileTexts;
