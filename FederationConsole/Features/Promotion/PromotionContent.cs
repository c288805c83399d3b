using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;

namespace FederationConsole.Features.Promotion;

/// <summary>What 同步 carries from development to production: the attribute schema and every login policy (README: which, and why).</summary>
public sealed record PromotionContent(IReadOnlyList<AttributeDefinition> Attributes, Policies Policies)
{
    /// <summary>Whether both say the same, whatever the order in which sources are withheld.</summary>
    public bool Same(PromotionContent other) =>
        JsonColumn.Text(Attributes) == JsonColumn.Text(other.Attributes) && PolicyRules.Same(Policies, other.Policies);
}
