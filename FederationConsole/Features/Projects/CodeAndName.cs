using FederationConsole.Platform;

namespace FederationConsole.Features.Projects;

/// <summary>What a new project and a new app are asked for.</summary>
public sealed class CodeAndName
{
    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    public Fault? CodeFault => Codes.Check(nameof(Code), Code);

    public Fault? NameFault => Codes.CheckName(nameof(Name), Name);
}
