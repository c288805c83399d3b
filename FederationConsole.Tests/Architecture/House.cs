using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Tests.Architecture;

/// <summary>A room of the house plan; <see cref="Name"/> tells one feature or face from another.</summary>
internal readonly record struct Room(RoomKind Kind, string Name = "")
{
    public override string ToString() => Name.Length == 0 ? Kind.ToString() : $"{Kind} {Name}";
}

internal enum RoomKind
{
    /// <summary>Composition: the root namespace itself (Program, Host) and what the compiler puts beside it.</summary>
    Root,
    Platform,
    Data,
    Feature,
    /// <summary>The root of <c>Faces</c>: what all faces are made of.</summary>
    Faces,
    Face,
    Shell,
    /// <summary>A namespace that the plan does not name.</summary>
    Unplanned,
}

/// <summary>The rules of "Who may know whom" over the compiled types below one root namespace.</summary>
/// <param name="root">The namespace that the plan's folders stand in.</param>
/// <param name="features">Each feature with the features that it may know.</param>
internal sealed class House(string root, IReadOnlyDictionary<string, string[]> features)
{
    private const string Plan = "design.md, Who may know whom";

    private readonly HashSet<string> _neverInComponents =
        [$"{root}.Data.ConsoleDb", typeof(HttpClient).FullName!, typeof(IHttpClientFactory).FullName!];

    /// <summary>One line for each broken rule, empty when the house stands.</summary>
    public IReadOnlyList<string> Faults(Assembly assembly) =>
        [.. assembly.GetTypes().Where(type => type.DeclaringType is null && IsOurs(type)).SelectMany(Faults).Order(StringComparer.Ordinal)];

    /// <summary>A way around the list of features that ends where it began, or null.</summary>
    public string? FindCircle() => features.Keys.Select(feature => FindCircle([feature])).FirstOrDefault(circle => circle is not null);

    public Room RoomOf(Type type)
    {
        var path = type.Namespace is { } space && space.Length > root.Length ? space[(root.Length + 1)..].Split('.') : [];
        return path switch
        {
            [] => new(RoomKind.Root),
            ["Platform", ..] => new(RoomKind.Platform),
            ["Data", ..] => new(RoomKind.Data),
            ["Features", var name, ..] => new(RoomKind.Feature, name),
            ["Faces"] => new(RoomKind.Faces),
            ["Faces", var name, ..] => new(RoomKind.Face, name),
            ["Shell", ..] => new(RoomKind.Shell),
            _ => new(RoomKind.Unplanned, string.Join('.', path)),
        };
    }

    private IEnumerable<string> Faults(Type type)
    {
        var room = RoomOf(type);
        if (room.Kind == RoomKind.Unplanned)
        {
            yield return $"{type.FullName}: the plan has no folder {room.Name} ({Plan})";
        }

        if (room.Kind == RoomKind.Feature && !features.ContainsKey(room.Name))
        {
            yield return $"{type.FullName}: {room.Name} is not in the list of features ({nameof(ArchitectureTests)}.Features)";
        }

        foreach (var known in TypeReferences.Of(type))
        {
            if (IsComponent(type) && _neverInComponents.Contains(known.FullName ?? ""))
            {
                yield return $"{type.FullName} -> {known.FullName}: a component touches neither the database nor the network";
            }

            if (IsOurs(known) && !MayKnow(type, room, known, RoomOf(known)))
            {
                yield return $"{type.FullName} -> {known.FullName}: {room} may not know {(IsComponent(known) ? "the component of " : "")}{RoomOf(known)} ({Plan})";
            }
        }
    }

    private bool MayKnow(Type type, Room room, Type known, Room other) => (room.Kind, other.Kind) switch
    {
        (RoomKind.Root, _) => true,
        _ when room == other => true,
        (_, RoomKind.Platform) => true,
        (RoomKind.Feature, RoomKind.Data) => true,
        (RoomKind.Feature, RoomKind.Feature) => features.TryGetValue(room.Name, out var allowed) && allowed.Contains(other.Name),
        // A feature's pages live in its folder and are built of the Shell's shared components (layout, lists, form bars); its
        // services, which faces call as well, stay free of the console. This is narrower than the plan's word "never" in
        // nothing but that.
        (RoomKind.Feature, RoomKind.Shell) => IsComponent(type),
        (RoomKind.Faces, RoomKind.Feature) => !IsComponent(known),
        (RoomKind.Face, RoomKind.Feature) => !IsComponent(known),
        (RoomKind.Face, RoomKind.Faces) => !IsComponent(known),
        (RoomKind.Shell, RoomKind.Feature) => true,
        _ => false,
    };

    private bool IsOurs(Type type) =>
        type.Namespace is { } space && (space == root || space.StartsWith($"{root}.", StringComparison.Ordinal));

    private static bool IsComponent(Type type) => typeof(IComponent).IsAssignableFrom(type);

    private string? FindCircle(IReadOnlyList<string> way)
    {
        foreach (var next in features.GetValueOrDefault(way[^1], []))
        {
            if (way.Contains(next))
            {
                return string.Join(" -> ", way.Append(next));
            }

            if (FindCircle([.. way, next]) is { } circle)
            {
                return circle;
            }
        }

        return null;
    }
}
