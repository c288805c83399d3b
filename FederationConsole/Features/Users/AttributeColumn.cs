using FederationConsole.Features.Attributes;
using FederationConsole.Features.Users.Imports;

namespace FederationConsole.Features.Users;

/// <summary>The column of an attribute in the files of users: its id, or <c>attributes.nickname</c> where the file has a column of that name for something else.</summary>
internal static class AttributeColumn
{
    private static readonly HashSet<string> Others = new([.. UserCsv.Columns, .. ImportFile.Columns], StringComparer.OrdinalIgnoreCase);

    public static string Of(AttributeDefinition attribute) => Others.Contains(attribute.Id) ? "attributes." + attribute.Id : attribute.Id;
}
