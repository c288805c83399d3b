namespace FederationConsole.Shell;

/// <summary>Marks ShellTexts.resx (Chinese) and ShellTexts.en.resx: the frame, the shared components, the faults.</summary>
public sealed class ShellTexts;
