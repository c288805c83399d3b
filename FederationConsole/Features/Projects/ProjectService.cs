using System.Security.Cryptography;
using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Projects;

/// <summary>A project as the switcher lists it.</summary>
public sealed record ProjectSummary(ProjectId Id, string Code, string Name);

/// <summary>Makes and changes projects. Codes: lower-case letters, digits and hyphens, a letter first, at most 32.</summary>
public sealed class ProjectService(Store store)
{
    /// <summary>The projects that the actor may see, by name.</summary>
    public async Task<IReadOnlyList<ProjectSummary>> ListAsync(Actor actor)
    {
        var all = await store.ReadAsync(Scope.Host, db => db.Set<Project>().OrderBy(p => p.Name)
            .Select(p => new ProjectSummary(p.Id, p.Code, p.Name)).ToListAsync());
        return all.FindAll(p => actor.May(Role.ReadOnly, p.Id.Value));
    }

    /// <summary>A project with its two environments. Faults: code not allowed or taken.</summary>
    public async Task<Outcome<ProjectId>> CreateAsync(Actor actor, string code, string name)
    {
        if ((actor.Require(Role.Owner, null).Fault ?? Codes.Check(nameof(code), code) ?? Codes.CheckName(nameof(name), name)) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Outcome<ProjectId>>(Scope.Host, async db =>
        {
            if (await db.Set<Project>().AnyAsync(p => p.Code == code))
            {
                return new Fault(FaultKind.Taken, nameof(code));
            }

            var project = new Project { Id = db.NextId<ProjectId>(), Code = code, Name = name.Trim(), CreatedAt = db.Now };
            db.Add(project);
            foreach (var kind in Enum.GetValues<EnvironmentKind>())
            {
                db.Add(new ProjectEnvironment { Id = db.NextId<EnvironmentId>(), ProjectId = project.Id, Kind = kind, CorpId = Codes.NewKey() });
            }

            db.Audit(actor, "project.created", "project", project.Code);
            db.Signal(ProjectCatalog.Topic, project.Id.Value);
            return project.Id;
        });
    }

    public async Task<Outcome> RenameAsync(Actor actor, ProjectId id, string name)
    {
        if ((actor.Require(Role.Manager, id.Value).Fault ?? Codes.CheckName(nameof(name), name)) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Outcome>(Scope.Of(id), async db =>
        {
            if (await db.Set<Project>().FirstOrDefaultAsync(p => p.Id == id) is not { } project)
            {
                return FaultKind.NotFound;
            }

            project.Name = name.Trim();
            project.Version++;
            db.Audit(actor, "project.renamed", "project", project.Code);
            db.Signal(ProjectCatalog.Topic, id.Value);
            return Outcome.Done;
        });
    }
}

/// <summary>The rules of codes, names and keys of this feature.</summary>
public static class Codes
{
    public const int MaxCode = 32;
    public const int MaxName = 64;

    public static Fault? Check(string field, string? code) =>
        code is { Length: >= 2 and <= MaxCode } && char.IsAsciiLetterLower(code[0]) && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? null
            : new Fault(FaultKind.Invalid, field);

    public static Fault? CheckName(string field, string? name) =>
        string.IsNullOrWhiteSpace(name) ? new Fault(FaultKind.Missing, field)
        : name.Trim().Length > MaxName || name.Any(char.IsControl) ? new Fault(FaultKind.Invalid, field)
        : null;

    /// <summary>A corp_id or an app key: 64 random bits as 16 hex digits. It names, and is no secret.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
