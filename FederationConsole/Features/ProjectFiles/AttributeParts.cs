using FederationConsole.Features.Attributes;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>An attribute of a file as the schema keeps it.</summary>
internal static class AttributeParts
{
    /// <summary>The whole schema.</summary>
    public static IReadOnlyList<AttributeDefinition> Of(IReadOnlyList<AttributeEntry> entries, IReadOnlyList<AttributeDefinition> before, AttributeLibrary library) =>
        [.. entries.Select(e => Of(e, before, library))];

    /// <param name="entry">As it is to be.</param>
    /// <param name="before">The schema as it is: an attribute of the library stays what it was when it was added.</param>
    /// <param name="library">Says what a new one of its own is; it has one of every name that a checked file takes from it.</param>
    private static AttributeDefinition Of(AttributeEntry entry, IReadOnlyList<AttributeDefinition> before, AttributeLibrary library)
    {
        if (entry.Library is { } id)
        {
            if (before.FirstOrDefault(a => a.Library && a.Id == id) is { } kept)
            {
                return kept with { Description = entry.Description };
            }

            var added = library.Find(id)!;
            return added with { Library = true, Description = entry.Description ?? added.Description };
        }

        return new()
        {
            Id = entry.Id!,
            Name = entry.Name!,
            Description = entry.Description,
            Type = entry.Type!.Value,
            Required = entry.Required ?? false,
            Unique = entry.Unique ?? false,
            ReadOnly = entry.ReadOnly ?? false,
            MaxLength = entry.MaxLength,
            Pattern = entry.Pattern,
            Min = entry.Min,
            Max = entry.Max,
            Options = entry.Options ?? [],
        };
    }
}
