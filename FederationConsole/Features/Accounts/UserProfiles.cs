using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Accounts;

/// <summary>What a user changes of themselves; null leaves a field as it is.</summary>
/// <param name="Gender">0 unknown, 1 male, 2 female.</param>
public sealed record ProfileChange(string? Nickname, string? AvatarUrl, int? Gender)
{
    public static readonly ProfileChange None = new(null, null, null);
}

/// <summary>A user's profile as a face changes it (faces.md, <c>PUT /v2/user/{user_id}</c>).</summary>
public sealed class UserProfiles(Store store, ProjectCatalog projects)
{
    /// <summary>What changes nothing writes nothing. <see cref="FaultKind.UnknownUser"/>, and the faults of <paramref name="also"/>.</summary>
    /// <param name="also">What the same write changes of the user besides, for the one line and event; returns the names of what it changed.</param>
    public Task<Outcome> ChangeAsync(
        EnvironmentId environment, UserId id, ProfileChange change, Actor actor,
        Func<ConsoleDb, Task<Outcome<IReadOnlyList<string>>>> also) => store.WriteAsync<Outcome>(projects.Environment(environment)!.Scope, async db =>
    {
        if (await db.Set<User>().FirstOrDefaultAsync(u => u.Id == id) is not { } user)
        {
            return FaultKind.UnknownUser;
        }

        List<string> fields = [];
        Take("nickname", user.Nickname, change.Nickname, value => user.Nickname = value);
        Take("avatar", user.AvatarUrl, change.AvatarUrl, value => user.AvatarUrl = value);
        Take("gender", user.Gender, change.Gender ?? user.Gender, value => user.Gender = value);
        var others = await also(db);
        if (!others.Ok)
        {
            return others.Fault;
        }

        fields.AddRange(others.Value);
        if (fields.Count > 0)
        {
            user.Version++;
            db.Audit(actor, "user.updated", "user", id.ToString());
            db.Publish("user.updated", id, JsonColumn.Text(new { user_id = id.Value, fields }));
            db.Signal(UserDirectory.Topic, id.Value);
        }

        return Outcome.Done;

        void Take<T>(string field, T before, T? after, Action<T> set)
        {
            if (after is not null && !after.Equals(before))
            {
                set(after);
                fields.Add(field);
            }
        }
    });
}
