namespace FederationConsole.Faces;

/// <summary>A converter of a property that takes more than one JSON type, told to the documents.</summary>
internal interface IWireTypes
{
    /// <summary>By JSON Schema's names; the first is what it writes.</summary>
    IReadOnlyList<string> Types { get; }
}
