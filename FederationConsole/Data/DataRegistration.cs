using System.Data.Common;
using FederationConsole.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace FederationConsole.Data;

/// <summary>Composes the data layer for the database that the settings name.</summary>
public static class DataRegistration
{
    public static void AddData(this IServiceCollection services, IConfiguration configuration, string contentRoot)
    {
        services.AddOptions<DatabaseOptions>()
            .Bind(configuration.GetSection(DatabaseOptions.Section))
            .ValidateDataAnnotations()
            .Validate(IsConnectionString, $"{DatabaseOptions.Section}:{nameof(DatabaseOptions.ConnectionString)} is not a connection string of the chosen Provider.")
            .PostConfigure(options => Complete(options, contentRoot))
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<DatabaseOptions>>().Value);
        services.AddPooledDbContextFactory<ConsoleDb>(
            (provider, builder) => Configure(builder, provider.GetRequiredService<DatabaseOptions>()), poolSize: 128);

        services.AddSingleton<Ids>();
        services.AddSingleton<Signals>();
        services.AddSingleton<EventInterest>();
        services.AddSingleton<Store>();
        services.AddSingleton<SecretBox>();
        services.AddSingleton<DatabaseStart>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseStart>());
        services.AddSingleton<Backup>();
        services.AddSingleton<BackupCommands>();
        if (ProviderOf(configuration) == DatabaseProvider.Sqlite)
        {
            services.AddSingleton<SqliteWriter>();
            services.AddSingleton<IWriter>(provider => provider.GetRequiredService<SqliteWriter>());
            services.AddHostedService(provider => provider.GetRequiredService<SqliteWriter>());
        }
        else
        {
            services.AddSingleton<PostgresSignals>();
            services.AddSingleton<IWriter, PostgresWriter>();
            services.AddHostedService(provider => provider.GetRequiredService<PostgresSignals>());
        }

        services.AddDataProtection().SetApplicationName("FederationConsole");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = ActivatorUtilities.CreateInstance<DataProtectionKeys>(provider)));
    }

    /// <summary>Asked before the options are bound: it decides what is registered.</summary>
    private static DatabaseProvider ProviderOf(IConfiguration configuration)
    {
        const string Key = $"{DatabaseOptions.Section}:{nameof(DatabaseOptions.Provider)}";
        return configuration[Key] is not { Length: > 0 } name ? DatabaseProvider.Sqlite
            : Enum.TryParse<DatabaseProvider>(name, ignoreCase: true, out var provider) && Enum.IsDefined(provider) ? provider
            : throw new OptionsValidationException(DatabaseOptions.Section, typeof(DatabaseOptions), [$"{Key} is {name}; it must be one of {string.Join(", ", Enum.GetNames<DatabaseProvider>())}."]);
    }

    /// <summary>For the command line: the database migrated and the writer running, and nothing else of the host.</summary>
    internal static async Task<int> WithWriterAsync(IServiceProvider services, Func<Task<int>> work)
    {
        var parts = services.GetRequiredService<StartSequence>().Steps.Where(s => s is DatabaseStart or SqliteWriter or PostgresSignals).ToList();
        foreach (var part in parts)
        {
            await part.StartAsync(CancellationToken.None);
        }

        var result = await work();
        foreach (var part in Enumerable.Reverse(parts))
        {
            await part.StopAsync(CancellationToken.None);
        }

        return result;
    }

    internal static void Configure(DbContextOptionsBuilder builder, DatabaseOptions options)
    {
        _ = options.Provider switch
        {
            DatabaseProvider.Sqlite => builder.UseSqlite(options.ConnectionString),
            DatabaseProvider.PostgreSql => builder.UseNpgsql(options.ConnectionString),
        };
        builder.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        // Migrations are written by hand and there is no snapshot to compare with; a test compares the schemas instead.
        builder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
    }

    private static bool IsConnectionString(DatabaseOptions options)
    {
        try
        {
            DbConnectionStringBuilder parsed = options.Provider == DatabaseProvider.Sqlite
                ? new SqliteConnectionStringBuilder(options.ConnectionString)
                : new Npgsql.NpgsqlConnectionStringBuilder(options.ConnectionString);
            return parsed.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Complete(DatabaseOptions options, string contentRoot)
    {
        if (options.Provider != DatabaseProvider.Sqlite || !IsConnectionString(options))
        {
            return;
        }

        var sqlite = new SqliteConnectionStringBuilder(options.ConnectionString) { ForeignKeys = true, DefaultTimeout = 30 };
        sqlite.DataSource = Path.GetFullPath(sqlite.DataSource, contentRoot);
        options.ConnectionString = sqlite.ConnectionString;
    }
}
