using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Events;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Promotion;
using FederationConsole.Features.QrLogin;
using FederationConsole.Features.Sources;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>
/// The one write of an import. It sets everything to what it is to be and lets EF find out what that changes: a row that is so
/// already is not written, gets no new version and no place in the audit line. What promotion carries becomes a published version.
/// </summary>
internal sealed class ImportWrite(ConsoleDb db, ProjectRows rows, AttributeLibrary library, Actor actor)
{
    public async Task ProjectAsync(ImportOrder order)
    {
        var entry = order.Entry;
        var project = rows.Project(entry.Code) ?? new Project { Id = db.NextId<ProjectId>(), Code = entry.Code, Name = entry.Name, CreatedAt = db.Now };
        await db.EnterAsync(Scope.Of(project.Id));
        project.Name = entry.Name;
        Keep(project);
        var environments = KeptSections.Environments.Values.ToDictionary(kind => kind, kind => Environment(project, kind, entry.Environments));
        var apps = (entry.Apps ?? []).ToDictionary(a => a.Code, a => App(project, a));
        foreach (var app in entry.Apps ?? [])
        {
            foreach (var (kind, environment) in environments)
            {
                Credential(apps[app.Code], environment, Of(app.Credentials, kind), order.Secrets.GetValueOrDefault((app.Code, kind)));
            }
        }

        foreach (var (place, json) in order.Kept)
        {
            Section(
                project.Id,
                place.Environment is { } kind ? environments[kind].Id : default,
                place.App is { } code ? apps[code].Id : default,
                place.Section,
                json);
        }

        Tenant(project, entry.Tenant);
        Record(entry.Code);
        foreach (var (kind, environment) in environments)
        {
            await db.EnterAsync(new Scope(environment.Id, project.Id));
            foreach (var (place, parts) in order.Sources.Where(s => s.Key.Environment == kind))
            {
                Source(environment, place, parts, order.Sealed);
            }

            foreach (var (place, parts) in order.Receivers.Where(r => r.Key.Environment == kind))
            {
                Receiver(environment, place, parts, order.Signing);
            }

            foreach (var (place, parts) in order.Messages.Where(m => m.Key.Environment == kind))
            {
                Message(environment, place, parts, order.SealedMessages);
            }

            foreach (var (code, app) in apps)
            {
                Vendor(environment, app, new(kind, code), order);
                QrLogin(environment, app, Of(entry.Apps!.First(a => a.Code == code).QrLogin, kind));
            }

            if (kind == EnvironmentKind.Development)
            {
                Schema(environment, Of(entry.Environments, kind)?.Attributes ?? []);
            }

            var meetings = new MeetingWrite(db, rows.Meetings, environment.Id);
            meetings.Set(Of(entry.Environments, kind)?.Meetings ?? []);
            Record(entry.Code);
            await meetings.InsertCodesAsync(actor);
        }

        if (order.Version is { } version)
        {
            // Saves the environments of a new project, so that promotion finds them.
            await db.EnterAsync(Scope.Of(project.Id));
            await version.PublishAsync(db, actor, project.Id);
        }
    }

    private ProjectEnvironment Environment(Project project, EnvironmentKind kind, PerEnvironment<EnvironmentEntry>? entries)
    {
        var entry = Of(entries, kind);
        var environment = rows.Environment(project.Id, kind)
            ?? new ProjectEnvironment { Id = db.NextId<EnvironmentId>(), ProjectId = project.Id, Kind = kind, CorpId = entry?.CorpId ?? Codes.NewKey() };
        environment.CorpId = entry?.CorpId ?? environment.CorpId;
        environment.Hosts = new(entry?.Hosts?.Oauth, entry?.Hosts?.OpenApi, entry?.Hosts?.Conf);
        environment.ReturnUrls = entry?.ReturnUrls ?? [];
        if (kind == EnvironmentKind.Development)
        {
            environment.Policies = ProductionParts.Over(environment.Policies, entry?.Policies);
        }

        return Keep(environment);
    }

    private App App(Project project, AppEntry entry)
    {
        var app = rows.App(project.Id, entry.Code)
            ?? new App { Id = db.NextId<AppId>(), ProjectId = project.Id, Code = entry.Code, Name = entry.Name, CreatedAt = db.Now };
        app.Name = entry.Name;
        if (entry.ServiceEnabled == true)
        {
            app.ServiceEnabledAt ??= db.Now;
        }

        return Keep(app);
    }

    private void Credential(App app, ProjectEnvironment environment, CredentialEntry? entry, Secret? secret)
    {
        var credential = rows.Credential(app.Id, environment.Id)
            ?? new AppCredential { Id = db.NextId(), AppId = app.Id, EnvironmentId = environment.Id, AppKey = entry?.AppKey ?? Codes.NewKey() };
        credential.RedirectUris = entry?.RedirectUris ?? [];
        credential.Origins = entry?.Origins ?? [];
        Keep(credential);
        if (secret is not null)
        {
            // The file is the admin's word: its secret becomes active, and the oldest makes room for it.
            var active = rows.Secrets[credential.Id].ToArray();
            foreach (var oldest in active.Take(active.Length - AppSecret.MaxActive + 1))
            {
                oldest.RetiredAt = db.Now;
            }

            AppService.AddSecret(db, credential.Id, secret.Reveal());
        }
    }

    private void Section(ProjectId project, EnvironmentId environment, AppId app, string name, SealedText? json)
    {
        var row = rows.Kept.FirstOrDefault(k => k.ProjectId == project && k.EnvironmentId == environment && k.AppId == app && k.Section == name);
        if (json is { } text)
        {
            row ??= new KeptSection { Id = db.NextId(), ProjectId = project, EnvironmentId = environment, AppId = app, Section = name };
            row.Json = text;
            Keep(row);
        }
        else if (row is not null)
        {
            db.Remove(row);
        }
    }

    private void Source(ProjectEnvironment environment, SourcePlace place, SourceParts parts, IReadOnlyDictionary<SourcePlace, SealedText> secrets)
    {
        // 1 and not 0, which says in the console's form that there is none yet.
        var source = rows.Sources.FirstOrDefault(s => s.EnvironmentId == environment.Id && s.Source == place.Source && s.PluginId == place.PluginId)
            ?? new SourceSetting { Id = db.NextId(), Source = place.Source, PluginId = place.PluginId, Version = 1 };
        source.Enabled = parts.Enabled;
        source.Settings = parts.Settings;
        if (secrets.TryGetValue(place, out var text))
        {
            source.Secrets = text;
        }

        Keep(source);
    }

    private void Receiver(ProjectEnvironment environment, ReceiverPlace place, ReceiverParts parts, IReadOnlyDictionary<ReceiverPlace, SealedText> signing)
    {
        var receiver = rows.Receivers.FirstOrDefault(r => r.EnvironmentId == environment.Id && r.Url == place.Url)
            ?? ReceiverService.New(db, place.Url, parts.Events, signing[place]);
        ReceiverService.Switch(db, receiver, parts.Enabled);
        receiver.Events = parts.Events;
        if (signing.TryGetValue(place, out var secret))
        {
            receiver.Secret = secret;
        }

        Keep(receiver);
    }

    private void Message(ProjectEnvironment environment, MessagePlace place, MessageParts parts, IReadOnlyDictionary<MessagePlace, SealedText?> secrets)
    {
        var message = rows.Messages.FirstOrDefault(m => m.EnvironmentId == environment.Id && m.Channel == place.Channel)
            ?? new MessageSetting { Id = db.NextId(), Channel = place.Channel, Version = 1 };
        (message.Provider, message.Settings) = (parts.Provider, parts.Settings);
        if (secrets.TryGetValue(place, out var text))
        {
            message.Secrets = text;
        }

        Keep(message);
    }

    private void Vendor(ProjectEnvironment environment, App app, VendorPlace place, ImportOrder order)
    {
        var row = rows.Vendor(app.Id, environment.Id);
        if (!order.Vendors.TryGetValue(place, out var parts))
        {
            if (row is not null)
            {
                db.Remove(row);
            }

            return;
        }

        row ??= new() { Id = db.NextId(), AppId = app.Id, TokenUrl = parts.TokenUrl, UserInfoUrl = parts.UserInfoUrl, ClientId = parts.ClientId, Version = 1 };
        (row.Enabled, row.TokenUrl, row.UserInfoUrl, row.TokenMethod) = (parts.Enabled, parts.TokenUrl, parts.UserInfoUrl, parts.Method);
        (row.ClientId, row.MobileVerified, row.Fields) = (parts.ClientId, parts.MobileVerified, parts.Fields);
        if (order.SealedVendors.TryGetValue(place, out var secret))
        {
            row.ClientSecret = secret;
        }

        Keep(row);
    }

    private void QrLogin(ProjectEnvironment environment, App app, QrLoginEntry? entry)
    {
        var row = rows.QrPolicy(app.Id, environment.Id);
        if (row is null && entry is null)
        {
            return;
        }

        row ??= new() { AppId = app.Id, Version = 1 };
        (row.NumberMatching, row.Refreshes) = (entry?.NumberMatching ?? row.NumberMatching, entry?.Refreshes ?? row.Refreshes);
        Keep(row);
    }

    private void Tenant(Project project, TenantEntry? entry)
    {
        var row = rows.Tenant(project.Id);
        if (row is null && entry is null)
        {
            return;
        }

        row ??= new() { ProjectId = project.Id, Version = 1 };
        (row.CustomerId, row.CustomerName) = (entry?.CustomerId ?? row.CustomerId, entry?.CustomerName ?? row.CustomerName);
        (row.AddressType, row.ErpVersions) = (entry?.AddressType ?? row.AddressType, entry?.ErpVersions ?? row.ErpVersions);
        Keep(row);
    }

    private void Schema(ProjectEnvironment environment, IReadOnlyList<AttributeEntry> entries)
    {
        var schema = rows.Schemas.FirstOrDefault(s => s.EnvironmentId == environment.Id);
        if (schema is null && entries.Count == 0)
        {
            return;
        }

        schema ??= new() { EnvironmentId = environment.Id, ProjectId = environment.ProjectId, Version = 1 };
        schema.Attributes = AttributeParts.Of(entries, schema.Attributes, library);
        Keep(schema);
    }

    private T Keep<T>(T row)
        where T : class
    {
        if (db.Entry(row).State == EntityState.Detached)
        {
            db.Add(row);
        }

        return row;
    }

    private void Record(string project)
    {
        db.ChangeTracker.DetectChanges();
        var changed = db.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        foreach (var row in changed.Where(e => e.State == EntityState.Modified && e.Metadata.FindProperty(nameof(Project.Version)) is not null))
        {
            var version = row.Property(nameof(Project.Version));
            version.CurrentValue = (int)version.CurrentValue! + 1;
        }

        if (changed.Count > 0)
        {
            db.Audit(actor, "project.imported", "project", project);
        }
    }

    private static T? Of<T>(PerEnvironment<T>? both, EnvironmentKind kind)
        where T : class => kind == EnvironmentKind.Development ? both?.Development : both?.Production;
}
