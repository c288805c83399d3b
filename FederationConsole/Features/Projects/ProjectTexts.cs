namespace FederationConsole.Features.Projects;

/// <summary>Marks ProjectTexts.resx (Chinese) and ProjectTexts.en.resx: the pages 应用 and 创建项目.</summary>
public sealed class ProjectTexts;
