namespace FederationConsole.Shell.Components;

/// <summary>What a state means to who reads it; the words say it too, colour never alone.</summary>
public enum Tone
{
    /// <summary>Off, ended, not set up.</summary>
    Quiet,
    /// <summary>Works.</summary>
    Good,
    /// <summary>Needs a look.</summary>
    Warn,
    /// <summary>Failed, refused, disabled.</summary>
    Bad,
}
