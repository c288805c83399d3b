using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>The first schema. Columns have CLR types alone, so that each database takes its own for them.</summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261121000000_GroundFloor")]
internal sealed class GroundFloor : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Administrators",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                Email = table.Column<string>(maxLength: 254, nullable: false),
                Name = table.Column<string>(maxLength: 64, nullable: false),
                PasswordHash = table.Column<string>(maxLength: 256, nullable: true),
                SecurityStamp = table.Column<string>(maxLength: 64, nullable: false),
                AccessFailedCount = table.Column<int>(nullable: false),
                LockoutEnd = table.Column<long>(nullable: true),
                TwoFactorEnabled = table.Column<bool>(nullable: false),
                AuthenticatorKey = table.Column<string>(nullable: true),
                LastTotpStep = table.Column<long>(nullable: false),
                DisabledAt = table.Column<long>(nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
                LastSignInAt = table.Column<long>(nullable: true),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Administrators", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "AttemptCounts",
            columns: table => new
            {
                Key = table.Column<string>(maxLength: 128, nullable: false),
                WindowStart = table.Column<long>(nullable: false),
                Count = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AttemptCounts", row => row.Key);
            });

        migrationBuilder.CreateTable(
            name: "AuditHeads",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                Position = table.Column<long>(nullable: false),
                Hash = table.Column<byte[]>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AuditHeads", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "AuditLines",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                At = table.Column<long>(nullable: false),
                ProjectId = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                ActorKind = table.Column<int>(nullable: false),
                ActorId = table.Column<string>(maxLength: 64, nullable: false),
                ActorName = table.Column<string>(maxLength: 128, nullable: false),
                Address = table.Column<string>(maxLength: 64, nullable: true),
                RequestId = table.Column<string>(maxLength: 64, nullable: true),
                Action = table.Column<string>(maxLength: 64, nullable: false),
                SubjectKind = table.Column<string>(maxLength: 32, nullable: false),
                SubjectId = table.Column<string>(maxLength: 64, nullable: false),
                Changes = table.Column<string>(nullable: true),
                Position = table.Column<long>(nullable: true),
                PreviousHash = table.Column<byte[]>(nullable: true),
                Hash = table.Column<byte[]>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AuditLines", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "DataProtectionKeys",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                FriendlyName = table.Column<string>(maxLength: 128, nullable: false),
                Xml = table.Column<string>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_DataProtectionKeys", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "FailureCounts",
            columns: table => new
            {
                Address = table.Column<string>(maxLength: 64, nullable: false),
                Minute = table.Column<long>(nullable: false),
                Count = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_FailureCounts", row => new { row.Minute, row.Address });
            });

        migrationBuilder.CreateTable(
            name: "OutboxEvents",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                Type = table.Column<string>(maxLength: 64, nullable: false),
                UserId = table.Column<long>(nullable: false),
                At = table.Column<long>(nullable: false),
                Payload = table.Column<string>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_OutboxEvents", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "Projects",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                Code = table.Column<string>(maxLength: 32, nullable: false),
                Name = table.Column<string>(maxLength: 64, nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Projects", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "SeededFiles",
            columns: table => new
            {
                Hash = table.Column<string>(maxLength: 64, nullable: false),
                Name = table.Column<string>(maxLength: 256, nullable: false),
                At = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_SeededFiles", row => row.Hash);
            });

        migrationBuilder.CreateTable(
            name: "SignInCounts",
            columns: table => new
            {
                EnvironmentId = table.Column<long>(nullable: false),
                Hour = table.Column<long>(nullable: false),
                Source = table.Column<int>(nullable: false),
                Result = table.Column<string>(maxLength: 32, nullable: false),
                Count = table.Column<int>(nullable: false),
                NewUsers = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_SignInCounts", row => new { row.EnvironmentId, row.Hour, row.Source, row.Result });
            });

        migrationBuilder.CreateTable(
            name: "SignInPolicies",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                TwoStepRequired = table.Column<bool>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_SignInPolicies", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "AdministratorRecoveryCodes",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                AdministratorId = table.Column<long>(nullable: false),
                Hash = table.Column<byte[]>(maxLength: 32, nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AdministratorRecoveryCodes", row => row.Id);
                table.ForeignKey("FK_AdministratorRecoveryCodes_Administrators_AdministratorId", row => row.AdministratorId, "Administrators", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            name: "AdministratorGrants",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                AdministratorId = table.Column<long>(nullable: false),
                ProjectId = table.Column<long>(nullable: true),
                Role = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AdministratorGrants", row => row.Id);
                table.ForeignKey("FK_AdministratorGrants_Administrators_AdministratorId", row => row.AdministratorId, "Administrators", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_AdministratorGrants_Projects_ProjectId", row => row.ProjectId, "Projects", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "Apps",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                ProjectId = table.Column<long>(nullable: false),
                Code = table.Column<string>(maxLength: 32, nullable: false),
                Name = table.Column<string>(maxLength: 64, nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                ServiceEnabledAt = table.Column<long>(nullable: true),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Apps", row => row.Id);
                table.ForeignKey("FK_Apps_Projects_ProjectId", row => row.ProjectId, "Projects", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "Environments",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                ProjectId = table.Column<long>(nullable: false),
                Kind = table.Column<int>(nullable: false),
                CorpId = table.Column<string>(maxLength: 64, nullable: false),
                Policies = table.Column<string>(nullable: false),
                Hosts = table.Column<string>(nullable: false),
                ReturnUrls = table.Column<string>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Environments", row => row.Id);
                table.ForeignKey("FK_Environments_Projects_ProjectId", row => row.ProjectId, "Projects", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "KeptSections",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                ProjectId = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                AppId = table.Column<long>(nullable: false),
                Section = table.Column<string>(maxLength: 32, nullable: false),
                Json = table.Column<string>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_KeptSections", row => row.Id);
                table.ForeignKey("FK_KeptSections_Projects_ProjectId", row => row.ProjectId, "Projects", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "AppCredentials",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                AppId = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                AppKey = table.Column<string>(maxLength: 64, nullable: false),
                RedirectUris = table.Column<string>(nullable: false),
                Origins = table.Column<string>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AppCredentials", row => row.Id);
                table.ForeignKey("FK_AppCredentials_Apps_AppId", row => row.AppId, "Apps", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_AppCredentials_Environments_EnvironmentId", row => row.EnvironmentId, "Environments", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "SourceSettings",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                Source = table.Column<int>(nullable: false),
                PluginId = table.Column<string>(maxLength: 64, nullable: false),
                Enabled = table.Column<bool>(nullable: false),
                Settings = table.Column<string>(nullable: false),
                Secrets = table.Column<string>(nullable: true),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_SourceSettings", row => row.Id);
                table.ForeignKey("FK_SourceSettings_Environments_EnvironmentId", row => row.EnvironmentId, "Environments", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "Users",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                AccountId = table.Column<Guid>(nullable: false),
                AccountName = table.Column<string>(maxLength: 64, nullable: true),
                Phone = table.Column<string>(maxLength: 20, nullable: true),
                PhoneZone = table.Column<string>(maxLength: 6, nullable: true),
                Email = table.Column<string>(maxLength: 254, nullable: true),
                Nickname = table.Column<string>(maxLength: 64, nullable: true),
                AvatarUrl = table.Column<string>(maxLength: 1024, nullable: true),
                Gender = table.Column<int>(nullable: false),
                Origin = table.Column<int>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                DisabledAt = table.Column<long>(nullable: true),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Users", row => row.Id);
                table.ForeignKey("FK_Users_Environments_EnvironmentId", row => row.EnvironmentId, "Environments", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "AppSecrets",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                CredentialId = table.Column<long>(nullable: false),
                Hash = table.Column<byte[]>(nullable: false),
                Hint = table.Column<string>(maxLength: 4, nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                RetiredAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AppSecrets", row => row.Id);
                table.ForeignKey("FK_AppSecrets_AppCredentials_CredentialId", row => row.CredentialId, "AppCredentials", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "Identities",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                UserId = table.Column<long>(nullable: false),
                Source = table.Column<int>(nullable: false),
                Issuer = table.Column<string>(maxLength: 64, nullable: false),
                OpenId = table.Column<string>(maxLength: 128, nullable: false),
                UnionId = table.Column<string>(maxLength: 128, nullable: true),
                Nickname = table.Column<string>(maxLength: 64, nullable: true),
                BoundAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Identities", row => row.Id);
                table.ForeignKey("FK_Identities_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            name: "PasswordCredentials",
            columns: table => new
            {
                UserId = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                Hash = table.Column<string>(maxLength: 256, nullable: false),
                SetAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_PasswordCredentials", row => row.UserId);
                table.ForeignKey("FK_PasswordCredentials_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            name: "Sessions",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                UserId = table.Column<long>(nullable: false),
                AppId = table.Column<long>(nullable: false),
                Source = table.Column<int>(nullable: false),
                Resource = table.Column<string>(maxLength: 64, nullable: false),
                AccessHash = table.Column<byte[]>(nullable: false),
                AccessExpiresAt = table.Column<long>(nullable: false),
                RefreshHash = table.Column<byte[]>(nullable: false),
                RefreshExpiresAt = table.Column<long>(nullable: false),
                AuthorizeHash = table.Column<byte[]>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                RefreshedAt = table.Column<long>(nullable: true),
                Address = table.Column<string>(maxLength: 64, nullable: true),
                Client = table.Column<string>(maxLength: 256, nullable: true),
                EndedAt = table.Column<long>(nullable: true),
                EndReason = table.Column<int>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Sessions", row => row.Id);
                table.ForeignKey("FK_Sessions_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            name: "SpentRefreshTokens",
            columns: table => new
            {
                Hash = table.Column<byte[]>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                SessionId = table.Column<long>(nullable: false),
                SpentAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_SpentRefreshTokens", row => row.Hash);
                table.ForeignKey("FK_SpentRefreshTokens_Sessions_SessionId", row => row.SessionId, "Sessions", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateIndex("IX_AdministratorGrants_AdministratorId_ProjectId", "AdministratorGrants", ["AdministratorId", "ProjectId"], unique: true);
        migrationBuilder.CreateIndex("IX_AdministratorGrants_ProjectId", "AdministratorGrants", "ProjectId");
        migrationBuilder.CreateIndex("IX_AdministratorRecoveryCodes_AdministratorId_Hash", "AdministratorRecoveryCodes", ["AdministratorId", "Hash"], unique: true);
        migrationBuilder.CreateIndex("IX_Administrators_Email", "Administrators", "Email", unique: true);
        migrationBuilder.CreateIndex("IX_AppCredentials_AppId_EnvironmentId", "AppCredentials", ["AppId", "EnvironmentId"], unique: true);
        migrationBuilder.CreateIndex("IX_AppCredentials_AppKey", "AppCredentials", "AppKey", unique: true);
        migrationBuilder.CreateIndex("IX_AppCredentials_EnvironmentId", "AppCredentials", "EnvironmentId");
        migrationBuilder.CreateIndex("IX_Apps_ProjectId_Code", "Apps", ["ProjectId", "Code"], unique: true);
        migrationBuilder.CreateIndex("IX_AppSecrets_CredentialId", "AppSecrets", "CredentialId");
        migrationBuilder.CreateIndex("IX_AttemptCounts_WindowStart", "AttemptCounts", "WindowStart");
        migrationBuilder.CreateIndex("IX_AuditLines_Position", "AuditLines", "Position", unique: true, filter: "\"Position\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_AuditLines_ProjectId_Id", "AuditLines", ["ProjectId", "Id"]);
        migrationBuilder.CreateIndex("IX_AuditLines_SubjectKind_SubjectId", "AuditLines", ["SubjectKind", "SubjectId"]);
        migrationBuilder.CreateIndex("IX_AuditLines_Unsealed", "AuditLines", "Id", filter: "\"Position\" IS NULL");
        migrationBuilder.CreateIndex("IX_Environments_CorpId", "Environments", "CorpId", unique: true);
        migrationBuilder.CreateIndex("IX_Environments_ProjectId_Kind", "Environments", ["ProjectId", "Kind"], unique: true);
        migrationBuilder.CreateIndex("IX_Identities_EnvironmentId_OpenId_Source_Issuer", "Identities", ["EnvironmentId", "OpenId", "Source", "Issuer"], unique: true);
        migrationBuilder.CreateIndex("IX_Identities_EnvironmentId_Source_UnionId", "Identities", ["EnvironmentId", "Source", "UnionId"], filter: "\"UnionId\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Identities_EnvironmentId_UserId_Source", "Identities", ["EnvironmentId", "UserId", "Source"], unique: true);
        migrationBuilder.CreateIndex("IX_Identities_UserId", "Identities", "UserId");
        migrationBuilder.CreateIndex("IX_KeptSections_ProjectId_EnvironmentId_AppId_Section", "KeptSections", ["ProjectId", "EnvironmentId", "AppId", "Section"], unique: true);
        migrationBuilder.CreateIndex("IX_Projects_Code", "Projects", "Code", unique: true);
        migrationBuilder.CreateIndex("IX_Sessions_EnvironmentId_UserId", "Sessions", ["EnvironmentId", "UserId"]);
        migrationBuilder.CreateIndex("IX_Sessions_UserId", "Sessions", "UserId");
        migrationBuilder.CreateIndex("IX_SourceSettings_EnvironmentId_Source_PluginId", "SourceSettings", ["EnvironmentId", "Source", "PluginId"], unique: true);
        migrationBuilder.CreateIndex("IX_SpentRefreshTokens_SessionId", "SpentRefreshTokens", "SessionId");
        migrationBuilder.CreateIndex("IX_Users_AccountId", "Users", "AccountId", unique: true);
        migrationBuilder.CreateIndex("IX_Users_Disabled", "Users", ["EnvironmentId", "Id"], filter: "\"DisabledAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Users_DisabledOfOrigin", "Users", ["EnvironmentId", "Origin", "Id"], filter: "\"DisabledAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Users_EnvironmentId_AccountName", "Users", ["EnvironmentId", "AccountName"], unique: true, filter: "\"AccountName\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Users_EnvironmentId_Email", "Users", ["EnvironmentId", "Email"], unique: true, filter: "\"Email\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Users_EnvironmentId_Id", "Users", ["EnvironmentId", "Id"]);
        migrationBuilder.CreateIndex("IX_Users_EnvironmentId_Nickname", "Users", ["EnvironmentId", "Nickname"]);
        migrationBuilder.CreateIndex("IX_Users_EnvironmentId_Origin_Id", "Users", ["EnvironmentId", "Origin", "Id"]);
        migrationBuilder.CreateIndex("IX_Users_EnvironmentId_Phone", "Users", ["EnvironmentId", "Phone"], unique: true, filter: "\"Phone\" IS NOT NULL");
    }
}
