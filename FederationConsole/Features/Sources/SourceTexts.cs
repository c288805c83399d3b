namespace FederationConsole.Features.Sources;

/// <summary>Marks SourceTexts.resx (Chinese) and SourceTexts.en.resx: the page 免验证登录 and what went wrong at a third party, in plain words.</summary>
public sealed class SourceTexts;
